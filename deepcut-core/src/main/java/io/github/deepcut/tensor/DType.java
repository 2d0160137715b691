package io.github.deepcut.tensor;

import java.util.Arrays;
import java.util.Optional;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** The element types of the safetensors format; the constant's name is the name in the file. */
public enum DType {
  BOOL(8),
  /** 4-bit float; libtorch has it only packed in pairs, under another shape. */
  F4(4),
  F6_E2M3(6),
  F6_E3M2(6),
  U8(8),
  I8(8),
  F8_E5M2(8),
  F8_E4M3(8),
  F8_E8M0(8),
  I16(16),
  U16(16),
  F16(16),
  BF16(16),
  I32(32),
  U32(32),
  F32(32),
  F64(64),
  /** Complex of two 32-bit floats. */
  C64(64),
  I64(64),
  U64(64);

  private final int bits;

  DType(int bits) {
    this.bits = bits;
  }

  /** Bits per element. */
  public int bits() {
    return bits;
  }

  /** Whether it is a real floating-point type. */
  public boolean isFloat() {
    return name().startsWith("F") || this == BF16;
  }

  /** The same type in libtorch; empty for those of less than eight bits. */
  public Optional<ScalarType> scalarType() {
    return TorchTypes.of(this);
  }

  /** The type of that name in a safetensors header. */
  public static Optional<DType> named(String name) {
    return Arrays.stream(values()).filter(d -> d.name().equals(name)).findFirst();
  }

  /**
   * The type that stores a libtorch type.
   *
   * @throws IllegalArgumentException if the format has none, as for quantised types
   */
  public static DType of(ScalarType scalarType) {
    return TorchTypes.of(scalarType)
        .orElseThrow(
            () -> new IllegalArgumentException("safetensors has no type for " + scalarType));
  }
}
