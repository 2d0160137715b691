package io.github.deepcut.tensor;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The way between Java arrays and tensors. Every copy is one transfer, in C order. What is made of
 * arrays lies on the CPU until it is put {@link #beside} a tensor that it shall meet.
 */
public final class Tensors {
  private Tensors() {}

  /** The elements of a floating-point tensor of any shape. */
  public static float[] floats(Tensor tensor) {
    try (var scope = new PointerScope()) {
      Tensor dense = tensor.detach().cpu().to(torch.ScalarType.Float).contiguous();
      float[] values = new float[Math.toIntExact(dense.numel())];
      dense.data_ptr_float().get(values);
      return values;
    }
  }

  /** The elements of a floating-point tensor of any shape, in double precision. */
  public static double[] doubles(Tensor tensor) {
    try (var scope = new PointerScope()) {
      Tensor dense = tensor.detach().cpu().to(torch.ScalarType.Double).contiguous();
      double[] values = new double[Math.toIntExact(dense.numel())];
      dense.data_ptr_double().get(values);
      return values;
    }
  }

  /** A 1-D tensor of 64-bit integers. */
  public static Tensor longs(int... values) {
    long[] wide = new long[values.length];
    for (int i = 0; i < values.length; i++) {
      wide[i] = values[i];
    }
    return Tensor.create(wide, values.length);
  }

  /** {@code made} on the device of {@code where}; itself where it is there already. */
  public static Tensor beside(Tensor made, Tensor where) {
    return made.to(where.device(), made.scalar_type());
  }

  /** The rows of {@code x} at these places. */
  public static Tensor rows(Tensor x, int... places) {
    return x.index_select(0, beside(longs(places), x));
  }

  /**
   * Whether the tensor has a NaN or an infinity among its elements. libtorch cannot ask floats of
   * eight bits, so these are widened first.
   */
  public static boolean hasNonFinite(Tensor tensor) {
    try (var scope = new PointerScope()) {
      if (!tensor.is_floating_point()) {
        return false;
      }
      Tensor asked = tensor.element_size() == 1 ? tensor.to(torch.ScalarType.Float) : tensor;
      return !torch.isfinite(asked).all().item_bool();
    }
  }
}
