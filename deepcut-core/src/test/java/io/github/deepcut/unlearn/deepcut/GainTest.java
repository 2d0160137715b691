package io.github.deepcut.unlearn.deepcut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.deepcut.data.Sequence;
import io.github.deepcut.unlearn.loop.ItemValues;
import java.util.List;
import org.junit.jupiter.api.Test;

class GainTest {
  private float[] push;

  /** Of one row, pushed by what the field says. */
  private AnchorWeights weights(double rate, int items) {
    int[] zeros = new int[items];
    Sequence row = new Sequence(0, zeros, zeros, zeros, zeros, zeros);
    return new AnchorWeights(List.of(row), () -> new ItemValues(new float[][] {push}), rate);
  }

  private float[] on(AnchorWeights weights, float... now) {
    push = now;
    weights.begin();
    return weights.of(new int[] {0}).flat();
  }

  @Test
  void aPushGrowsWhileTheItemStaysPut() {
    AnchorWeights weights = weights(Math.log(2), 3);
    assertThat(on(weights, 1, 0.5f, -1)).containsExactly(1, 0.5f, -1);
    float[] second = on(weights, 1, 0.5f, -1);
    assertThat(second[0]).isCloseTo(2, within(1e-6f)); // gain 2^1
    assertThat(second[1]).isCloseTo(0.5f * 1.4142135f, within(1e-6f)); // gain 2^.5
    assertThat(second[2]).isCloseTo(-2, within(1e-6f)); // pulled back harder, too
    assertThat(on(weights, 1, 0.5f, -1)[0]).isCloseTo(4, within(1e-6f));
  }

  @Test
  void itStaysBelowItsLimit() {
    AnchorWeights weights = weights(2, 2);
    for (int pass = 0; pass < 5; pass++) {
      on(weights, 1, -1);
    }
    assertThat(on(weights, 1, -1)).containsExactly(30, -30);
  }

  @Test
  void itFallsTwiceAsFastOnceTheItemIsBeyond() {
    AnchorWeights weights = weights(Math.log(2), 1);
    for (int pass = 0; pass < 4; pass++) {
      on(weights, 1); // 1, 2, 4, 8
    }
    assertThat(on(weights, -1)[0]).isCloseTo(-2, within(1e-6f)); // 8 / 4
    assertThat(on(weights, 1)[0]).isEqualTo(1); // not .5
    assertThat(on(weights, 1)[0]).isCloseTo(2, within(1e-6f));
  }

  @Test
  void noRateNoGain() {
    AnchorWeights weights = weights(0, 2);
    on(weights, 1, 0.3f);
    assertThat(on(weights, 1, 0.3f)).containsExactly(1, 0.3f);
    assertThat(push).containsExactly(1, 0.3f);
  }

  @Test
  void aRowIsLeftOnceAllItsItemsAreAtTheirTargets() {
    AnchorWeights weights = weights(0, 2);
    on(weights, 0.05f, -0.05f);
    assertThat(weights.moves(0)).isFalse();
    on(weights, 0.05f, -0.06f);
    assertThat(weights.moves(0)).isTrue();
  }
}
