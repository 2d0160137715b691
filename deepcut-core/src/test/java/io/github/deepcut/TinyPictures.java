package io.github.deepcut;

import io.github.deepcut.data.Batch;
import io.github.deepcut.data.ImageBatch;
import io.github.deepcut.data.ImageSize;
import io.github.deepcut.data.Picture;
import io.github.deepcut.data.Task;
import io.github.deepcut.model.Classifier;
import io.github.deepcut.tensor.Weights;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Pictures of 4 × 4 grey pixels and a classifier with one hidden layer and a buffer, for tests. */
public final class TinyPictures implements Classifier {
  private static final ImageSize SIZE = new ImageSize(1, 4, 4);
  private static final int HIDDEN = 8;

  private final List<String> labels;
  private final Weights weights;

  private TinyPictures(List<String> labels, Weights weights) {
    this.labels = labels;
    this.weights = weights;
  }

  /** With random weights. */
  public static TinyPictures classifier(List<String> labels, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    try (var scope = new PointerScope()) {
      tensors.put("hidden.weight", normal(random, HIDDEN, SIZE.values()));
      tensors.put("hidden.bias", torch.zeros(HIDDEN));
      tensors.put("hidden.running_mean", torch.zeros(HIDDEN)); // a buffer
      tensors.put("head.weight", normal(random, labels.size(), HIDDEN));
      tensors.put("head.bias", torch.zeros(labels.size()));
      return new TinyPictures(labels, Weights.of(tensors));
    }
  }

  private static Tensor normal(SplittableRandom random, int rows, int columns) {
    float[] values = new float[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (0.3 * random.nextGaussian());
    }
    return Tensor.create(values, rows, columns);
  }

  /** Pictures of one of {@code classes} classes, each bright in its own row; the rest is noise. */
  public static List<Picture> pictures(int count, int classes, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Picture> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int label = random.nextInt(classes);
      byte[] pixels = new byte[SIZE.values()];
      for (int k = 0; k < pixels.length; k++) {
        pixels[k] = (byte) (random.nextInt(120) + (k / 4 == label ? 100 : 0));
      }
      rows.add(new Picture(i, pixels, SIZE, new int[] {label}));
    }
    return rows;
  }

  @Override
  public Tensor input(Batch batch) {
    return ((ImageBatch) batch).pixels().sub(new Scalar(0.3)).div(new Scalar(0.2));
  }

  @Override
  public Output forward(Tensor input, Batch batch, boolean training) {
    Tensor hidden =
        torch
            .matmul(input.flatten(1, -1), weights.get("hidden.weight").t())
            .add(weights.get("hidden.bias"))
            .sub(weights.get("hidden.running_mean"))
            .tanh(); // (B, 8)
    Tensor logits =
        torch.matmul(hidden, weights.get("head.weight").t()).add(weights.get("head.bias"));
    return new Output(hidden, logits);
  }

  @Override
  public Weights weights() {
    return weights;
  }

  @Override
  public Classifier withWeights(Weights other) {
    return new TinyPictures(labels, other);
  }

  @Override
  public List<String> labels() {
    return labels;
  }

  @Override
  public Task task() {
    return Task.IMAGE;
  }
}
