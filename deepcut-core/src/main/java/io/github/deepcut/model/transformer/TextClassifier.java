package io.github.deepcut.model.transformer;

import io.github.deepcut.data.Batch;
import io.github.deepcut.data.Task;
import io.github.deepcut.data.TextBatch;
import io.github.deepcut.model.Classifier;
import io.github.deepcut.tensor.Weights;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** An encoder with a classifier over sentences ([CLS]) or words (first sub-word). */
public final class TextClassifier implements Classifier {
  private final EncoderConfig config;
  private final Task task;
  private final List<String> labels;
  private final Weights weights;
  private final Transformer encoder;
  private final Head head;

  /** Over {@code weights} under their full names; they are not copied. */
  public TextClassifier(EncoderConfig config, Task task, List<String> labels, Weights weights) {
    this.config = config;
    this.task = task;
    this.labels = List.copyOf(labels);
    this.weights = weights;
    this.encoder = new Transformer(config, weights, task != Task.NER && config.family().averages());
    this.head = config.family().head(task, config);
  }

  /** Every parameter of encoder and head by full name, in checkpoint order. */
  public static List<Parameter> parameters(EncoderConfig config, Task task, int classes) {
    List<Parameter> all = new ArrayList<>();
    String prefix = config.family().prefix();
    config.family().parameters(config).forEach(p -> all.add(p.under(prefix)));
    all.addAll(config.family().head(task, config).parameters(config, classes));
    return all;
  }

  /** Names of the head's parameters. */
  public static List<String> headNames(EncoderConfig config, Task task) {
    return config.family().head(task, config).parameters(config, 1).stream()
        .map(Parameter::name)
        .toList();
  }

  @Override
  public Tensor input(Batch batch) {
    return encoder.words((TextBatch) batch); // (R, H)
  }

  @Override
  public Output forward(Tensor words, Batch batch, boolean training) {
    return output(encoder.items(words, (TextBatch) batch, training), training);
  }

  /** The hidden states (R, H) that the layer of that number sees; dropout is off. */
  Tensor below(int layer, TextBatch batch) {
    return encoder.below(layer, batch);
  }

  /** The same as {@link #forward}, from what the layer of that number sees (R, H). */
  Output above(int layer, Tensor hidden, TextBatch batch, boolean training) {
    return output(encoder.items(layer, hidden, batch, training), training);
  }

  private Output output(Tensor items, boolean training) {
    return new Output(items, head.logits(items, weights, training)); // (N, H), (N, C)
  }

  @Override
  public List<Tensor> layers(Batch batch) {
    return encoder.layers((TextBatch) batch);
  }

  @Override
  public Weights weights() {
    return weights;
  }

  @Override
  public TextClassifier withWeights(Weights other) {
    return new TextClassifier(config, task, labels, other);
  }

  @Override
  public List<String> labels() {
    return labels;
  }

  @Override
  public Task task() {
    return task;
  }

  /** The encoder's shape. */
  public EncoderConfig config() {
    return config;
  }
}
