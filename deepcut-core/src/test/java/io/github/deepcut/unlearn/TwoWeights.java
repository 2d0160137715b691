package io.github.deepcut.unlearn;

import io.github.deepcut.data.Batch;
import io.github.deepcut.data.ImageBatch;
import io.github.deepcut.data.ImageSize;
import io.github.deepcut.data.Picture;
import io.github.deepcut.data.Task;
import io.github.deepcut.model.Classifier;
import io.github.deepcut.tensor.Tensors;
import io.github.deepcut.tensor.Weights;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/**
 * A model of two parameters w over pictures of two pixels x: two classes with the logits (w1·x1,
 * w2·x2), which are its latent state, too.
 */
public record TwoWeights(Weights weights) implements Classifier {

  public static TwoWeights of(double first, double second) {
    try (var scope = new PointerScope()) {
      Tensor w = Tensor.create(new float[] {(float) first, (float) second}, 2);
      return new TwoWeights(Weights.of(Map.of("w", w)));
    }
  }

  /** Pixels are given as 0 to 255. */
  public static Picture picture(int first, int second, int label) {
    return new Picture(
        0, new byte[] {(byte) first, (byte) second}, new ImageSize(1, 1, 2), new int[] {label});
  }

  public double[] values() {
    return Tensors.doubles(weights.get("w"));
  }

  @Override
  public Tensor input(Batch batch) {
    return ((ImageBatch) batch).pixels(); // (B, 1, 1, 2)
  }

  @Override
  public Output forward(Tensor input, Batch batch, boolean training) {
    Tensor z = input.flatten(1, -1).mul(weights.get("w")); // (B, 2)
    return new Output(z, z);
  }

  @Override
  public Classifier withWeights(Weights other) {
    return new TwoWeights(other);
  }

  @Override
  public List<String> labels() {
    return List.of("a", "b");
  }

  @Override
  public Task task() {
    return Task.IMAGE;
  }
}
