package io.github.deepcut.tensor;

import java.util.List;

/**
 * One tensor as a safetensors header describes it.
 *
 * @param name its name
 * @param dtype its element type
 * @param shape its extents, none for a scalar
 * @param begin its first byte, counted from the end of the header
 * @param end the byte after its last
 */
public record TensorEntry(String name, DType dtype, List<Long> shape, long begin, long end) {
  public TensorEntry {
    shape = List.copyOf(shape);
  }

  /** The number of bytes. */
  public long byteSize() {
    return end - begin;
  }

  /** The number of elements. */
  public long elements() {
    return elements(shape);
  }

  /**
   * The bytes that a tensor takes.
   *
   * @throws ArithmeticException if they do not fill whole bytes, or overflow a long
   */
  static long byteSize(DType dtype, List<Long> shape) {
    long elements = elements(shape);
    if (dtype.bits() >= Byte.SIZE) {
      return Math.multiplyExact(elements, dtype.bits() / Byte.SIZE);
    }
    long bits = Math.multiplyExact(elements, dtype.bits());
    if (bits % Byte.SIZE != 0) {
      throw new ArithmeticException("its " + bits + " bits must fill whole bytes");
    }
    return bits / Byte.SIZE;
  }

  /** The product of the extents; those other than 0 must multiply to a long in any order. */
  private static long elements(List<Long> shape) {
    long product = 1;
    for (long extent : shape) {
      product = Math.multiplyExact(product, Math.max(extent, 1));
    }
    return shape.contains(0L) ? 0 : product;
  }
}
