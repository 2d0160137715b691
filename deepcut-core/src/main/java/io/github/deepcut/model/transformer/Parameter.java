package io.github.deepcut.model.transformer;

import static org.bytedeco.pytorch.global.torch.ones;
import static org.bytedeco.pytorch.global.torch.zeros;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Tensor;

/**
 * A tensor that an encoder or a head needs.
 *
 * @param name checkpoint name, without the encoder's prefix
 */
public record Parameter(String name, long... shape) {

  /** The same under a prefix. */
  Parameter under(String prefix) {
    return new Parameter(prefix + name, shape);
  }

  /** A fully connected layer's weight (out, in) and bias (out). */
  public static void addLinear(List<Parameter> to, String name, int out, int in) {
    to.add(new Parameter(name + ".weight", out, in));
    to.add(new Parameter(name + ".bias", out));
  }

  /** A layer norm's scale and shift (width). */
  static void addNorm(List<Parameter> to, String name, int width) {
    to.add(new Parameter(name + ".weight", width));
    to.add(new Parameter(name + ".bias", width));
  }

  /** A fresh value: N(0, range²) for matrices and kernels, 1 for scales, 0 for shifts. */
  public Tensor fresh(double range, SplittableRandom random) {
    if (name.endsWith(".bias")) {
      return zeros(shape);
    }
    if (shape.length == 1) {
      return ones(shape);
    }
    float[] values =
        new float[Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact))];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (range * random.nextGaussian());
    }
    return Tensor.create(values, shape);
  }
}
