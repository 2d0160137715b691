package io.github.deepcut.model.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deepcut.tensor.DType;
import io.github.deepcut.tensor.TensorEntry;
import io.github.deepcut.tensor.Tensors;
import io.github.deepcut.tensor.Weights;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class StoredTypesTest {
  private static StoredTypes types(DType a, DType b) {
    return StoredTypes.of(Map.of("a", entry("a", a), "b", entry("b", b), "c", entry("c", a)));
  }

  private static TensorEntry entry(String name, DType type) {
    return new TensorEntry(name, type, List.of(2L), 0, 2L * type.bits() / 8);
  }

  private static Weights weights(double value) {
    try (var scope = new PointerScope()) {
      float[] both = {(float) value, 0.1f};
      return Weights.of(Map.of("a", Tensor.create(both, 2), "b", Tensor.create(both, 2)));
    }
  }

  /**
   * bfloat16 has 8 bits of mantissa, float16 has 11. 1.01 is 129.28 / 128 and 1034.24 / 1024; .1 is
   * 204.8 / 2048 and 1638.4 / 16384.
   */
  @Test
  void eachTensorIsRoundedToItsOwnType() {
    try (Weights w = weights(1.01)) {
      types(DType.BF16, DType.F16).round(w);
      assertThat(Tensors.doubles(w.get("a"))).containsExactly(129 / 128.0, 205 / 2048.0);
      assertThat(Tensors.doubles(w.get("b"))).containsExactly(1034 / 1024.0, 1638 / 16384.0);
    }
  }

  @Test
  void widerTypesAndIntegersChangeNothing() {
    for (DType exact : List.of(DType.F32, DType.F64, DType.I64, DType.BOOL)) {
      assertThat(types(exact, exact).isExact()).as(exact.name()).isTrue();
    }
    assertThat(types(DType.F32, DType.BF16).isExact()).isFalse();
    try (Weights w = weights(1.01)) {
      types(DType.F32, DType.BF16).round(w);
      assertThat(Tensors.floats(w.get("a"))).containsExactly(1.01f, 0.1f);
    }
  }

  @Test
  void whatIsBeyondTheRangeIsNamed() {
    try (Weights w = weights(70000)) { // float16 ends at 65504
      assertThatThrownBy(() -> types(DType.BF16, DType.F16).round(w))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith("tensor b goes beyond the range of its type F16");
    }
  }
}
