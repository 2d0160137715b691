package io.github.deepcut.tensor;

import java.util.Arrays;
import java.util.Optional;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** The element types of the safetensors format; the constant's name is the name in the file. */
public enum DType {
  BOOL(8, ScalarType.Bool),
  /** 4-bit float; libtorch has it only packed in pairs, under another shape. */
  F4(4, null),
  F6_E2M3(6, null),
  F6_E3M2(6, null),
  U8(8, ScalarType.Byte),
  I8(8, ScalarType.Char),
  F8_E5M2(8, ScalarType.Float8_e5m2),
  F8_E4M3(8, ScalarType.Float8_e4m3fn),
  F8_E8M0(8, ScalarType.Float8_e8m0fnu),
  I16(16, ScalarType.Short),
  U16(16, ScalarType.UInt16),
  F16(16, ScalarType.Half),
  BF16(16, ScalarType.BFloat16),
  I32(32, ScalarType.Int),
  U32(32, ScalarType.UInt32),
  F32(32, ScalarType.Float),
  F64(64, ScalarType.Double),
  /** Complex of two 32-bit floats. */
  C64(64, ScalarType.ComplexFloat),
  I64(64, ScalarType.Long),
  U64(64, ScalarType.UInt64);

  private final int bits;
  private final ScalarType scalarType;

  DType(int bits, ScalarType scalarType) {
    this.bits = bits;
    this.scalarType = scalarType;
  }

  /** Bits per element. */
  public int bits() {
    return bits;
  }

  /** The same type in libtorch; empty for those of less than eight bits. */
  public Optional<ScalarType> scalarType() {
    return Optional.ofNullable(scalarType);
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
    return Arrays.stream(values())
        .filter(d -> d.scalarType == scalarType.intern())
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("safetensors has no type for " + scalarType));
  }
}
