package io.github.deepcut.tensor;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** The types of libtorch; apart from {@link DType}, so that reading a header loads none of it. */
final class TorchTypes {
  private static final Map<DType, ScalarType> TYPES = new EnumMap<>(DType.class);

  static {
    TYPES.put(DType.BOOL, ScalarType.Bool);
    TYPES.put(DType.U8, ScalarType.Byte);
    TYPES.put(DType.I8, ScalarType.Char);
    TYPES.put(DType.F8_E5M2, ScalarType.Float8_e5m2);
    TYPES.put(DType.F8_E4M3, ScalarType.Float8_e4m3fn);
    TYPES.put(DType.F8_E8M0, ScalarType.Float8_e8m0fnu);
    TYPES.put(DType.I16, ScalarType.Short);
    TYPES.put(DType.U16, ScalarType.UInt16);
    TYPES.put(DType.F16, ScalarType.Half);
    TYPES.put(DType.BF16, ScalarType.BFloat16);
    TYPES.put(DType.I32, ScalarType.Int);
    TYPES.put(DType.U32, ScalarType.UInt32);
    TYPES.put(DType.F32, ScalarType.Float);
    TYPES.put(DType.F64, ScalarType.Double);
    TYPES.put(DType.C64, ScalarType.ComplexFloat);
    TYPES.put(DType.I64, ScalarType.Long);
    TYPES.put(DType.U64, ScalarType.UInt64);
  }

  private TorchTypes() {}

  static Optional<ScalarType> of(DType type) {
    return Optional.ofNullable(TYPES.get(type));
  }

  static Optional<DType> of(ScalarType type) {
    ScalarType wanted = type.intern();
    return TYPES.entrySet().stream()
        .filter(e -> e.getValue() == wanted)
        .map(Map.Entry::getKey)
        .findFirst();
  }
}
