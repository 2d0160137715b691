package io.github.deepcut.model.vision;

import io.github.deepcut.tensor.Weights;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * The layers of image models over weights that they read by name.
 *
 * @param training whether batch norms normalise by the batch and note its statistics
 */
record Layers(Weights weights, boolean training) {
  private static final double MOMENTUM = 0.1;
  private static final double EPSILON = 1e-5;
  private static final long[] ONE = {1, 1};

  /** Channels in a block of oneDNN's widest kernels. */
  private static final int BLOCK = 16;

  /** A square convolution, padded so that stride 1 keeps the resolution. */
  Tensor convolution(String name, Tensor x, int stride) {
    Tensor kernel = weights.get(name + ".weight"); // (out, in, k, k)
    long pad = kernel.size(2) / 2;
    if (kernel.size(2) == 1 && stride > 1 && kernel.size(1) < BLOCK) {
      return convolution(kernel, everyOther(x, stride), 1, 0);
    }
    return convolution(kernel, x, stride, pad);
  }

  private static Tensor convolution(Tensor kernel, Tensor x, long stride, long pad) {
    long[] strides = {stride, stride};
    return torch.conv2d(x, kernel, new TensorOptional(), strides, new long[] {pad, pad}, ONE, 1);
  }

  /**
   * The pixels that a 1 × 1 convolution of that stride looks at. Left to itself, oneDNN 3.7 writes
   * beyond its memory in the backward pass where a pixel's channels fill no block of its kernels
   * (oneDNN issue 6035, on CPUs without AVX-512).
   */
  private static Tensor everyOther(Tensor x, long stride) {
    LongOptional all = new LongOptional();
    return x.slice(2, all, all, stride).slice(3, all, all, stride);
  }

  /**
   * Batch norm (arXiv 1502.03167). In training the running statistics move a tenth of the way to
   * those of the batch.
   */
  Tensor norm(String name, Tensor x) {
    if (training) {
      weights.get(name + ".num_batches_tracked").add_(new Scalar(1L));
    }
    return torch.batch_norm(
        x,
        optional(name + ".weight"),
        optional(name + ".bias"),
        optional(name + ".running_mean"),
        optional(name + ".running_var"),
        training,
        MOMENTUM,
        EPSILON,
        false);
  }

  private TensorOptional optional(String name) {
    return new TensorOptional(weights.get(name));
  }

  Tensor linear(String name, Tensor x) {
    return torch.linear(x, weights.get(name + ".weight"), optional(name + ".bias"));
  }

  /** The largest of each k x k window. */
  static Tensor maxPool(Tensor x, int k, int stride, int padding) {
    long[] size = {k, k};
    return torch.max_pool2d(
        x, size, new long[] {stride, stride}, new long[] {padding, padding}, ONE, false);
  }
}
