package io.github.deepcut.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BootstrapTest {
  private static Bootstrap bootstrap(long seed) {
    return new Bootstrap(new SplittableRandom(seed));
  }

  @Test
  void theSameSeedGivesTheSameInterval() {
    double[] x = {1, 5, 2, 8, 3};
    assertThat(bootstrap(4).mean(x)).isEqualTo(bootstrap(4).mean(x));
    assertThat(bootstrap(4).mean(x)).isNotEqualTo(bootstrap(5).mean(x));
  }

  @Test
  void theMeanHasTheIntervalOfTheNormalApproximation() {
    double[] x = new SplittableRandom(1).doubles(400).toArray(); // sd 0.289, se 0.0144
    Value mean = bootstrap(2).mean(x);
    assertThat(mean.interval().orElseThrow().halfWidth()).isCloseTo(0.0283, within(0.003));
    assertThat(mean.n()).isEqualTo(400);
  }

  @Test
  void coversTheTruthAboutNineteenTimesInTwenty() {
    int covered = 0;
    SplittableRandom random = new SplittableRandom(11);
    for (int i = 0; i < 300; i++) {
      Value mean = new Bootstrap(300, random.split()).mean(random.doubles(50).toArray());
      covered += mean.interval().orElseThrow().contains(0.5) ? 1 : 0;
    }
    assertThat(covered / 300.0).isBetween(0.90, 0.98);
  }

  @Test
  void fewerThanTwoSamplesHaveNoInterval() {
    assertThat(bootstrap(1).mean(new double[] {3})).isEqualTo(Value.of(3, 1));
    assertThat(bootstrap(1).mean(new double[0])).isEqualTo(Value.undefined("no samples", 0));
  }

  @Test
  void drawsWithinStrataAlone() {
    int[][] strata = {{0, 1, 2}, {3}};
    bootstrap(1)
        .interval(
            strata,
            drawn -> {
              assertThat(drawn).hasSize(4);
              assertThat(Arrays.stream(drawn).filter(i -> i == 3).count()).isOne();
              return 0;
            });
  }

  @Test
  void leavesOutUndefinedDraws() {
    // position 0 alone defines the statistic; the draw lacks it with probability (2/3)^3 = 0.30
    assertThat(
            bootstrap(1)
                .value(3, d -> Arrays.stream(d).anyMatch(i -> i == 0) ? 1 : Double.NaN)
                .interval())
        .contains(new Interval(1, 1));
    assertThat(bootstrap(1).interval(new int[][] {{0, 1}}, d -> Double.NaN)).isEmpty();
    assertThat(bootstrap(1).value(3, d -> Double.NaN)).isInstanceOf(Value.Undefined.class);
  }

  @Test
  void intervalsKnowTheirArithmetic() {
    assertThat(new Interval(-1, 3).absolute()).isEqualTo(new Interval(0, 3));
    assertThat(new Interval(-3, -1).absolute()).isEqualTo(new Interval(1, 3));
    assertThat(new Interval(1, 2).times(100).plus(-50)).isEqualTo(new Interval(50, 150));
    assertThat(new Interval(1, 2).halfWidth()).isEqualTo(0.5);
    assertThatThrownBy(() -> new Interval(2, 1)).hasMessageContaining("[2.0, 1.0]");
    assertThatThrownBy(() -> new Interval(Double.NaN, 1)).hasMessageContaining("NaN");
  }

  @Test
  void valuesRefuseToHideWhatIsUndefined() {
    assertThatThrownBy(() -> Value.of(Double.NaN, 1)).hasMessageContaining("undefined");
    assertThatThrownBy(() -> Value.undefined(" ", 1)).hasMessageContaining("reason");
    assertThatThrownBy(() -> new Bootstrap(0, new SplittableRandom(1)))
        .hasMessageContaining("resamples 0");
    Value none = Value.undefined("because", 3);
    assertThat(none.times(100)).isEqualTo(none);
    assertThat(none.number()).isEmpty();
    assertThat(none.interval()).isEmpty();
  }
}
