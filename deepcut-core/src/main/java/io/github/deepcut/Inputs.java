package io.github.deepcut;

import io.github.deepcut.data.Dataset;
import io.github.deepcut.data.Input;
import io.github.deepcut.data.LabeledImage;
import io.github.deepcut.data.image.Pictures;
import io.github.deepcut.data.text.Featurizer;
import io.github.deepcut.data.text.Tokenizer;
import io.github.deepcut.model.folder.ModelFolder;
import io.github.deepcut.model.transformer.EncoderConfig;
import io.github.deepcut.model.vision.VisionConfig;
import io.github.deepcut.run.InputException;
import java.util.List;

/** The way from examples to model input. */
interface Inputs extends AutoCloseable {

  /** Every example, in the order of the dataset. */
  List<? extends Input> encode(Dataset data);

  /** The same, each made when it is asked for. Before {@link #close}. */
  List<? extends Input> encodeLazily(Dataset data);

  /** Every example; of a dataset that stays in its file, each made when it is asked for. */
  default List<? extends Input> training(Dataset data) {
    return encode(data);
  }

  @Override
  void close();

  /**
   * Texts, by the folder's tokenizer.
   *
   * @param maxTokens longest row wanted; the model may allow less
   */
  static Inputs ofTexts(
      ModelFolder folder, EncoderConfig shape, List<String> labels, int maxTokens) {
    Tokenizer tokenizer = tokenizer(folder, shape);
    int length = length(folder, tokenizer, Math.min(maxTokens, shape.maxTokens()));
    return new Texts(tokenizer, new Featurizer(tokenizer, labels, length));
  }

  /** The longest row: what is wanted, but no more than the tokenizer's configuration allows. */
  static int length(ModelFolder folder, Tokenizer tokenizer, int wanted) {
    int length = Math.min(wanted, tokenizer.maxTokens());
    if (length <= tokenizer.specialsAround()) {
      throw new InputException(
          "%s: rows have at most %d tokens (max_position_embeddings, model_max_length), expected more than the %d special ones"
              .formatted(folder.path(), length, tokenizer.specialsAround()));
    }
    return length;
  }

  /** The folder's tokenizer, checked against the size of the embedding table. */
  static Tokenizer tokenizer(ModelFolder folder, EncoderConfig shape) {
    Tokenizer tokenizer = Tokenizer.load(folder.path(), folder.config());
    if (tokenizer.vocabularySize() > shape.vocabulary()) {
      throw new InputException(
          folder.path()
              + ": the tokenizer has ids up to "
              + (tokenizer.vocabularySize() - 1)
              + ", but vocab_size in config.json is "
              + shape.vocabulary());
    }
    return tokenizer;
  }

  /** Sentences, whole or by their words. */
  record Texts(Tokenizer tokenizer, Featurizer featurizer) implements Inputs {
    @Override
    public List<? extends Input> encode(Dataset data) {
      return featurizer.encode(data);
    }

    @Override
    public List<? extends Input> encodeLazily(Dataset data) {
      return featurizer.lazy(data);
    }

    @Override
    public List<? extends Input> training(Dataset data) {
      return data.isStored() ? featurizer.again(data) : encode(data);
    }

    @Override
    public void close() {
      tokenizer.close();
    }
  }

  /** Images as model input; they share their pixels with the examples. */
  record Images(VisionConfig config, List<String> labels) implements Inputs {

    @Override
    public List<? extends Input> encode(Dataset data) {
      LabeledImage first = (LabeledImage) data.examples().get(0);
      return Pictures.of(data, labels, config.expected(first.size()));
    }

    @Override
    public List<? extends Input> encodeLazily(Dataset data) {
      return encode(data);
    }

    @Override
    public void close() {}
  }
}
