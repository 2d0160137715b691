package io.github.deepcut.unlearn.deepcut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deepcut.data.Picture;
import io.github.deepcut.unlearn.TwoWeights;
import io.github.deepcut.unlearn.deepcut.target.TargetLosses;
import java.util.List;
import org.junit.jupiter.api.Test;

class PushTest {
  private static final Picture ROW = TwoWeights.picture(51, 255, 0); // x = (.2, 1)

  private static float push(double target, TwoWeights model) {
    var targets = new TargetLosses(new double[][] {{target}});
    return AnchorWeights.towards(targets, model, List.of(ROW)).now().at(0, 0);
  }

  /** Both logits are 0, so the loss is log 2 and log(log 2) = -.3665. */
  @Test
  void isTheDistanceOfLogLossesWithinOne() {
    assertThat(push(0.1335, TwoWeights.of(0, 0))).isCloseTo(0.5f, within());
    assertThat(push(-0.5665, TwoWeights.of(0, 0))).isCloseTo(-0.2f, within());
    assertThat(push(5, TwoWeights.of(0, 0))).isEqualTo(1);
    assertThat(push(5, TwoWeights.of(-1e38, 1e38))).isEqualTo(-1); // its loss is 1.2e38
  }

  private static org.assertj.core.data.Offset<Float> within() {
    return org.assertj.core.api.Assertions.within(1e-3f);
  }

  /** Before, such an item counted as settled, and the run ended as calibrated. */
  @Test
  void whatIsNoNumberIsNoPush() {
    assertThatThrownBy(() -> push(Double.NaN, TwoWeights.of(0, 0)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("its target NaN");
    assertThatThrownBy(() -> push(0, TwoWeights.of(Double.NaN, 0)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("the model answers NaN");
  }
}
