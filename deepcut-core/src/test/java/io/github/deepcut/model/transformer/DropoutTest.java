package io.github.deepcut.model.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

class DropoutTest {
  @Test
  void zeroesTheRateAndScalesTheRest() {
    try (var scope = new PointerScope()) {
      torch.manual_seed(1);
      for (double rate : new double[] {0.1, 0.5, 0.9}) {
        Tensor x = torch.ones(401, 1003); // not a multiple of the four lanes
        Tensor y = new Dropout(rate, true).of(x);
        double zeros = y.eq(new Scalar(0.0)).sum().item_long();
        double n = 401 * 1003;
        double fiveErrors = 5 * Math.sqrt(rate * (1 - rate) / n);
        assertThat(zeros / n).isCloseTo(rate, within(fiveErrors));
        assertThat(y.max().item_float()).isCloseTo((float) (1 / (1 - rate)), within(1e-5f));
      }
    }
  }

  @Test
  void theFourLanesOfAWordAreAlikeAndIndependent() {
    try (var scope = new PointerScope()) {
      torch.manual_seed(2);
      Tensor kept = new Dropout(0.3, true).zeroed(torch.ones(100_000, 4));
      for (int a = 0; a < 4; a++) {
        assertThat(kept.select(1, a).mean().item_float()).isCloseTo(0.7f, within(0.01f));
        for (int b = 0; b < a; b++) {
          float both = kept.select(1, a).mul(kept.select(1, b)).mean().item_float();
          assertThat(both).isCloseTo(0.49f, within(0.01f));
        }
      }
    }
  }

  @Test
  void offOutsideTraining() {
    try (var scope = new PointerScope()) {
      Tensor x = torch.ones(3, 3);
      assertThat(new Dropout(0.5, false).of(x)).isSameAs(x);
      assertThat(new Dropout(0, true).zeroed(x)).isSameAs(x);
    }
  }
}
