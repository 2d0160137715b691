package io.github.deepcut.model.transformer;

import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/**
 * Inverted dropout. libtorch's own draws a random number an element and passes over the elements
 * three times; this one cuts a 64-bit number into four lanes of 16 bits (so that the rate is exact
 * to 1/65,536), zeroes in one pass and leaves the scaling to whoever adds or multiplies anyway.
 *
 * @param rate share of the elements to zero
 */
record Dropout(double rate, boolean training) {
  private static final int LANES = 4;

  private boolean off() {
    return !training || rate <= 0;
  }

  /** What the elements that {@link #zeroed} leaves must be multiplied by, 1/(1 - rate). */
  Scalar scale() {
    return new Scalar(off() ? 1.0 : 1 / (1 - rate));
  }

  /** {@code x} with random elements zeroed, the others as they are. */
  Tensor zeroed(Tensor x) {
    if (off()) {
      return x;
    }
    long n = x.numel();
    TensorOptions words =
        x.options().dtype(new org.bytedeco.pytorch.ScalarTypeOptional(torch.ScalarType.Long));
    Tensor lanes =
        torch
            .empty(new long[] {(n + LANES - 1) / LANES}, words, null)
            .random_(Long.MIN_VALUE, new LongOptional())
            .view(torch.ScalarType.Short);
    Tensor dropped =
        lanes.lt(new Scalar((short) (Short.MIN_VALUE + Math.round(rate * 65536)))); // (4·words)
    return x.masked_fill(dropped.narrow(0, 0, n).view(x.sizes()), new Scalar(0.0));
  }

  /** {@code x} with random elements zeroed and the others scaled up. */
  Tensor of(Tensor x) {
    return off() ? x : zeroed(x).mul(scale());
  }
}
