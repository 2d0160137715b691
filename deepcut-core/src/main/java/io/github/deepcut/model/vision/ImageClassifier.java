package io.github.deepcut.model.vision;

import io.github.deepcut.data.Batch;
import io.github.deepcut.data.ImageBatch;
import io.github.deepcut.data.Task;
import io.github.deepcut.data.image.Normalisation;
import io.github.deepcut.model.Classifier;
import io.github.deepcut.tensor.Weights;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** A backbone, a projection into the latent space, and a linear classifier of images. */
public final class ImageClassifier implements Classifier {
  private final VisionConfig config;
  private final Normalisation normalisation;
  private final List<String> labels;
  private final Weights weights;

  /** Over {@code weights} under their full names; they are not copied. */
  public ImageClassifier(
      VisionConfig config, Normalisation normalisation, List<String> labels, Weights weights) {
    this.config = config;
    this.normalisation = normalisation;
    this.labels = List.copyOf(labels);
    this.weights = weights;
  }

  @Override
  public Tensor input(Batch batch) {
    return new Normaliser(normalisation).of(((ImageBatch) batch).pixels()); // (B, C, H, W)
  }

  @Override
  public Output forward(Tensor input, Batch batch, boolean training) {
    Layers layers = new Layers(weights, training);
    Tensor hidden = config.backbone().features(input, layers); // (B, d)
    Tensor items = hidden;
    for (int i = 0; i < config.projection().size(); i++) {
      Tensor x = i == 0 ? items : items.relu();
      items = layers.linear(VisionConfig.projector(i), x); // (B, 128)
    }
    Tensor active = config.projection().isEmpty() ? items : items.relu();
    return new Output(items, layers.linear(config.names().classifier(), active)); // (B, C)
  }

  @Override
  public Weights weights() {
    return weights;
  }

  @Override
  public Classifier withWeights(Weights other) {
    return new ImageClassifier(config, normalisation, labels, other);
  }

  @Override
  public List<String> labels() {
    return labels;
  }

  @Override
  public Task task() {
    return Task.IMAGE;
  }

  /** Its shape. */
  public VisionConfig config() {
    return config;
  }
}
