package io.github.deepcut.model.vision;

import static org.bytedeco.pytorch.global.torch.ones;
import static org.bytedeco.pytorch.global.torch.zeros;

import java.util.List;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/** A tensor that an image model needs, under its checkpoint name. */
public record Parameter(String name, long... shape) {

  /** A convolution's kernel (out, in, size, size), without a bias. */
  static void addConvolution(List<Parameter> to, String name, long... shape) {
    to.add(new Parameter(name + ".weight", shape));
  }

  /** A batch norm's scale and shift (width) and its three buffers. */
  static void addNorm(List<Parameter> to, String name, int width) {
    for (String part : List.of("weight", "bias", "running_mean", "running_var")) {
      to.add(new Parameter(name + "." + part, width));
    }
    to.add(new Parameter(name + ".num_batches_tracked"));
  }

  /** A fully connected layer's weight (out, in) and bias (out). */
  static void addLinear(List<Parameter> to, String name, int out, int in) {
    to.add(new Parameter(name + ".weight", out, in));
    to.add(new Parameter(name + ".bias", out));
  }

  /** Whether it counts (a 64-bit integer) and does not measure. */
  public boolean isCount() {
    return name.endsWith(".num_batches_tracked");
  }

  /**
   * A fresh value: N(0, 2/fan-out) for kernels (He et al., arXiv 1502.01852), N(0, 1/fan-in) for
   * matrices, 1 for scales and running variances, 0 for all else.
   */
  public Tensor fresh(SplittableRandom random) {
    if (isCount()) {
      return zeros(shape, new TensorOptions(torch.ScalarType.Long));
    } else if (shape.length == 1) {
      return name.endsWith(".weight") || name.endsWith(".running_var") ? ones(shape) : zeros(shape);
    }
    double variance = shape.length == 4 ? 2.0 / (shape[0] * shape[2] * shape[3]) : 1.0 / shape[1];
    int count = 1;
    for (long n : shape) {
      count = Math.toIntExact(count * n);
    }
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (Math.sqrt(variance) * random.nextGaussian());
    }
    return Tensor.create(values, shape);
  }
}
