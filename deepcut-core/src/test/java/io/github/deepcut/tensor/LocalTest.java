package io.github.deepcut.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class LocalTest {

  @Test
  void theResultLivesInTheCallersScopeAndNothingElse() {
    List<Tensor> seen = new ArrayList<>();
    Tensor result;
    try (var scope = new PointerScope()) {
      Tensor x = Tensor.create(1f, 2f).set_requires_grad(true);
      result =
          Local.of(
              () -> {
                Tensor square = x.mul(x);
                seen.add(square);
                return square.mul(square).sum(); // 1 + 16
              });
      assertThat(seen.get(0).isNull()).isTrue();
      assertThat(result.item_float()).isEqualTo(17);
      result.backward(); // 4x^3, by way of the square that autograd holds
      assertThat(Tensors.floats(x.grad())).containsExactly(4, 32);
      assertThat(Local.of(() -> x)).isSameAs(x);
      assertThat(x.add(new Scalar(1.0)).sum().item_float()).isEqualTo(5);
    }
    assertThat(result.isNull()).isTrue();
  }
}
