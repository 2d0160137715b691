package io.github.deepcut.unlearn.deepcut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class GainTest {
  @Test
  void aPushGrowsWhileTheItemStaysPut() {
    Gain gain = new Gain(Math.log(2));
    float[][] push = {{1, 0.5f, -1}};
    assertThat(gain.on(push)[0]).containsExactly(1, 0.5f, -1);
    float[] second = gain.on(push)[0];
    assertThat(second[0]).isCloseTo(2, within(1e-6f)); // gain 2^1
    assertThat(second[1]).isCloseTo(0.5f * 1.4142135f, within(1e-6f)); // gain 2^.5
    assertThat(second[2]).isCloseTo(-2, within(1e-6f)); // pulled back harder, too
    assertThat(gain.on(push)[0][0]).isCloseTo(4, within(1e-6f));
  }

  @Test
  void itStaysBelowItsLimit() {
    Gain gain = new Gain(2);
    for (int pass = 0; pass < 5; pass++) {
      gain.on(new float[][] {{1, -1}});
    }
    assertThat(gain.on(new float[][] {{1, -1}})[0]).containsExactly(30, -30);
  }

  @Test
  void itFallsTwiceAsFastOnceTheItemIsBeyond() {
    Gain gain = new Gain(Math.log(2));
    for (int pass = 0; pass < 4; pass++) {
      gain.on(new float[][] {{1}}); // 1, 2, 4, 8
    }
    assertThat(gain.on(new float[][] {{-1}})[0][0]).isCloseTo(-2, within(1e-6f)); // 8 / 4
    assertThat(gain.on(new float[][] {{1}})[0][0]).isEqualTo(1); // not .5
    assertThat(gain.on(new float[][] {{1}})[0][0]).isCloseTo(2, within(1e-6f));
  }

  @Test
  void noRateNoGain() {
    Gain gain = new Gain(0);
    float[][] push = {{1, 0.3f}};
    gain.on(push);
    assertThat(gain.on(push)[0]).containsExactly(1, 0.3f);
    assertThat(push[0]).containsExactly(1, 0.3f);
  }
}
