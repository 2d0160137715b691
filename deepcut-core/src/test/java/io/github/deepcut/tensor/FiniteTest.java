package io.github.deepcut.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FiniteTest {
  private static final double[] BAD = {Double.NaN, Double.POSITIVE_INFINITY, -1.0 / 0};

  private static Tensor tensor(double last) {
    return Tensor.create(new float[] {1, -2, (float) last}, 3);
  }

  @Test
  void aLossTellsStepLossAndWhatToChange() {
    assertThat(Finite.loss(3.5, 1, "lower it")).isEqualTo(3.5);
    assertThatThrownBy(() -> Finite.loss(Double.NaN, 12, "lower learning_rate (1000000.0)"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("step 12: the loss is NaN; lower learning_rate (1000000.0)");
  }

  @Test
  void tensorsAreNamed() {
    Finite.tensors(Map.of("w", tensor(3)), 1, "");
    for (double bad : BAD) {
      assertThatThrownBy(() -> Finite.tensors(Map.of("w", tensor(bad)), 7, "lower alpha (1.0)"))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("step 7: tensor w is not finite any more; lower alpha (1.0)");
    }
  }

  @Test
  void nothingIsWrittenThatIsNotFinite() {
    for (double bad : BAD) {
      var values = new TensorSource.Values("head.bias", tensor(bad), DType.F32);
      assertThatThrownBy(() -> Finite.written(List.of(values)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("tensor head.bias holds NaN or infinity: nothing is written");
    }
  }

  /** float16 ends at 65504, bfloat16 where float32 does, but for the last bits. */
  @ParameterizedTest
  @ValueSource(doubles = {65504, -65504})
  void aTypeHasItsRange(double most) {
    assertThatCode(() -> written(most, DType.F16)).doesNotThrowAnyException();
    assertThatCode(() -> written(2 * most, DType.BF16)).doesNotThrowAnyException();
    assertThatThrownBy(() -> written(2 * most, DType.F16))
        .hasMessage("tensor w goes beyond the range of its type F16: nothing is written");
  }

  private static void written(double value, DType type) {
    Finite.written(List.of(new TensorSource.Values("w", tensor(value), type)));
  }
}
