package io.github.deepcut.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.deepcut.run.InputException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LikelihoodRatioTest {
  private static double[] of(double... values) {
    return values;
  }

  /**
   * Means: a 5 with, 1 without; b 2 with, 1 without. Squares about them: a 2 and 2, b 2 and 0.
   * Pooled over 4 values and 2 means: variance with (2 + 2) / 2 = 2, without (2 + 0) / 2 = 1.
   *
   * <p>a at 4: -(4-5)²/(2·2) - ln(2)/2 + (4-1)²/(2·1) + ln(1)/2 = -0.25 - 0.346574 + 4.5 = 3.903426
   *
   * <p>b at 1: -(1-2)²/(2·2) - ln(2)/2 + 0 = -0.596574
   */
  @Test
  void fewModelsShareTheVarianceOfTheirWorld() {
    LikelihoodRatio ratio =
        new LikelihoodRatio(
            List.of(new Worlds("a", of(4, 6), of(0, 2)), new Worlds("b", of(1, 3), of(1, 1))));
    assertThat(ratio.scores(of(4, 1)))
        .usingComparatorWithPrecision(1e-6)
        .containsExactly(3.903426, -0.596574);
  }

  /**
   * 32 values a world: m ± 1 or m ± 2, so own variances 32/31 or 4·32/31. a at 3 (means 3 and 0,
   * spread 1 and 1): 0 + 9/(2·32/31) = 4.359375. b at 3 (means 3 and 0, spread 1 and 2):
   * -ln(32/31)/2 + 9/(2·128/31) + ln(128/31)/2 = 1.089844 + ln(4)/2 = 1.782991.
   */
  @Test
  void manyModelsHaveTheirOwn() {
    LikelihoodRatio ratio =
        new LikelihoodRatio(
            List.of(
                new Worlds("a", around(3, 1), around(0, 1)),
                new Worlds("b", around(3, 1), around(0, 2))));
    assertThat(ratio.scores(of(3, 3)))
        .usingComparatorWithPrecision(1e-6)
        .containsExactly(4.359375, 1.782991);
  }

  private static double[] around(double mean, double by) {
    return IntStream.range(0, LikelihoodRatio.OWN_VARIANCE)
        .mapToDouble(i -> i % 2 == 0 ? mean - by : mean + by)
        .toArray();
  }

  @Test
  void refusesASampleWithoutTwoModelsInEitherWorld() {
    List<Worlds> one = List.of(new Worlds("x7", of(1, 2), of(1)));
    assertThatThrownBy(() -> new LikelihoodRatio(one))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("sample x7 has 2 shadow models with it and 1 without");
  }

  /** p = (.7, .2, .1): log(.7 / .3) = 0.847298. */
  @Test
  void logOddsOfAProbability() {
    float[] log = {(float) Math.log(.7), (float) Math.log(.2), (float) Math.log(.1)};
    assertThat(LogOdds.of(log, 0)).isCloseTo(0.847298, within(1e-6));
    assertThat(LogOdds.probability(0.847298)).isCloseTo(.7, within(1e-6));
    assertThat(LogOdds.mean(new float[] {1, 3})).isEqualTo(2);
    assertThat(LogOdds.mean(new float[0])).isZero();
  }

  /** Where float32 has rounded p to 1, log(p / (1 - p)) would be infinite. */
  @Test
  void logOddsOfACertaintyAreFinite() {
    float[] log = {-0f, -30f, -31f};
    double expected = 30 - Math.log(1 + Math.exp(-1));
    assertThat(LogOdds.of(log, 0)).isCloseTo(expected, within(1e-6));
    assertThat(Arrays.stream(new int[] {1, 2}).mapToDouble(c -> LogOdds.of(log, c)).toArray())
        .usingComparatorWithPrecision(1e-4)
        .containsExactly(-30, -31);
  }
}
