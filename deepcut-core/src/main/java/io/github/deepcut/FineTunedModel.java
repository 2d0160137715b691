package io.github.deepcut;

import io.github.deepcut.audit.Evaluated;
import io.github.deepcut.data.Dataset;
import io.github.deepcut.data.Sequence;
import io.github.deepcut.data.Task;
import io.github.deepcut.data.text.Featurizer;
import io.github.deepcut.data.text.Tokenizer;
import io.github.deepcut.model.Classifier;
import io.github.deepcut.model.ModelFolder;
import io.github.deepcut.model.Predictor;
import io.github.deepcut.model.TextModels;
import io.github.deepcut.model.transformer.EncoderConfig;
import io.github.deepcut.model.transformer.TextClassifier;
import io.github.deepcut.run.InputException;
import io.github.deepcut.run.Progress;
import java.nio.file.Path;
import java.util.List;

/**
 * A fine-tuned model folder, opened: classifier, tokenizer and the way from examples to input. It
 * holds native memory until it is closed.
 */
public final class FineTunedModel implements AutoCloseable {
  private final ModelFolder folder;
  private final TextClassifier classifier;
  private final Tokenizer tokenizer;
  private final Featurizer featurizer;
  private final ModelRecord record;

  private FineTunedModel(ModelFolder folder, TextClassifier classifier, Tokenizer tokenizer) {
    this.folder = folder;
    this.classifier = classifier;
    this.tokenizer = tokenizer;
    ModelRecord read = ModelRecord.read(folder.path());
    this.record = read == null || read.recipe() == null ? null : read;
    int limit = classifier.config().maxTokens();
    int wanted = record == null ? limit : Math.min(limit, record.recipe().maxTokens());
    this.featurizer = new Featurizer(tokenizer, classifier.labels(), wanted);
  }

  /**
   * Opens the folder for use.
   *
   * @throws InputException if it is no fine-tuned model, or its parts do not fit together
   */
  public static FineTunedModel open(Path path) {
    ModelFolder folder = ModelFolder.read(path);
    TextClassifier classifier = TextModels.load(folder);
    return new FineTunedModel(folder, classifier, tokenizer(folder, classifier.config()));
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

  public ModelFolder folder() {
    return folder;
  }

  public Classifier classifier() {
    return classifier;
  }

  public Task task() {
    return classifier.task();
  }

  /** What {@code deepcut.json} tells of how the model was trained, or null where it does not. */
  public ModelRecord record() {
    return record;
  }

  /** Examples as model input. */
  public List<Sequence> encode(Dataset data) {
    return featurizer.encode(data);
  }

  /**
   * The same, each made when it is asked for: see {@link Featurizer#lazy}. Before {@link #close}.
   */
  public List<Sequence> encodeLazily(Dataset data) {
    return featurizer.lazy(data);
  }

  /** What the model says of the examples of {@code data}. */
  public Evaluated evaluate(Dataset data, Progress progress) {
    return evaluate(classifier, data, progress);
  }

  /** What another set of weights of the same model says of them. */
  Evaluated evaluate(Classifier weights, Dataset data, Progress progress) {
    return Evaluated.of(weights, data, encode(data), new Predictor(4096, progress));
  }

  @Override
  public void close() {
    classifier.weights().close();
    tokenizer.close();
  }
}
