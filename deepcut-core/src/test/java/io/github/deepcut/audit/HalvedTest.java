package io.github.deepcut.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.deepcut.stats.Bootstrap;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class HalvedTest {
  private static double share(double[] original, double[] unlearned, double[] retrained) {
    return new Halved(mean(original), mean(unlearned), mean(retrained))
        .share(new int[][] {{0, 1}}, new Bootstrap(4000, new SplittableRandom(1)));
  }

  private static ToDoubleFunction<int[]> mean(double... x) {
    return drawn -> Arrays.stream(drawn).mapToDouble(i -> x[i]).average().orElseThrow();
  }

  private static double[] both(double x) {
    return new double[] {x, x};
  }

  @Test
  void lessThanHalfIsLeft() {
    assertThat(share(both(1), both(0.4), both(0))).isEqualTo(1);
    assertThat(share(both(1), both(0.6), both(0))).isZero();
    assertThat(share(both(0), both(0.6), both(1))).isEqualTo(1); // original below
    assertThat(share(both(1), both(-0.6), both(0))).isZero(); // as far on the other side
  }

  @Test
  void theShareIsThatOfTheDraws() {
    // of two samples: 0 0 (1/4), 0 and .9 (1/2, mean .45), .9 .9 (1/4)
    assertThat(share(both(1), new double[] {0, 0.9}, both(0))).isCloseTo(0.75, within(0.03));
  }

  @Test
  void theOriginalNeverPasses() {
    double[] noisy = {0.3, -0.2};
    assertThat(share(noisy, noisy, both(0))).isZero();
    assertThat(share(both(1), both(1), both(1))).isZero();
  }

  @Test
  void withoutADifferenceToHalveNobodyPasses() {
    // original - retrained: .2 (1/4), .1 (1/2), 0 (1/4)
    assertThat(share(new double[] {0.2, 0}, both(0), both(0))).isCloseTo(0.75, within(0.03));
    assertThat(share(both(Double.NaN), both(0), both(0))).isZero();
  }
}
