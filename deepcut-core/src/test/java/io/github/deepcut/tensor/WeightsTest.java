package io.github.deepcut.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

class WeightsTest {
  private static Weights of(String name, Tensor tensor) {
    return Weights.of(Map.of(name, tensor));
  }

  @Test
  void theSameAreTheSameNamesTypesShapesAndValues() {
    try (Weights one = of("a", Tensor.create(1f, 2f));
        Weights two = of("a", Tensor.create(1f, 2f));
        Weights name = of("b", Tensor.create(1f, 2f));
        Weights shape = of("a", Tensor.create(1f, 2f).reshape(1, 2));
        Weights type = of("a", Tensor.create(1f, 2f).to(torch.ScalarType.Double));
        Weights value = of("a", Tensor.create(1f, 2.000001f))) {
      assertThat(one.isSame(two)).isTrue();
      assertThat(one.isSame(name)).isFalse();
      assertThat(one.isSame(shape)).isFalse();
      assertThat(one.isSame(type)).isFalse();
      assertThat(one.isSame(value)).isFalse();
    }
  }
}
