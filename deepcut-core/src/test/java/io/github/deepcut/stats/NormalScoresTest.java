package io.github.deepcut.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class NormalScoresTest {

  @Test
  void theyAreQuantilesOfRanksAndTiesShareOne() {
    // four values: ranks 1, 2.5, 2.5, 4; (rank - 1/2) / 4 = .125, .5, .5, .875
    assertThat(NormalScores.of(new double[] {-3, 7, 7, 9}))
        .containsExactly(new double[] {-1.1503493804, 0, 0, 1.1503493804}, within(1e-9));
  }

  @Test
  void theDifferenceIsTheSumOfTheFirstScoresOverItsStandardDeviation() {
    // as above; variance 1 * 3 * (2 * 1.15035²) / (4 * 3) = .66165; 1.15035 / .81342 = 1.41421
    assertThat(NormalScores.difference(new double[] {9, -3, 7, 7}, 1))
        .isCloseTo(Math.sqrt(2), within(1e-9));
    assertThat(NormalScores.difference(new double[] {-3, 9, 7, 7}, 1))
        .isCloseTo(-Math.sqrt(2), within(1e-9));
  }

  @Test
  void ofOneDistributionTheDifferenceIsNormal() {
    SplittableRandom random = new SplittableRandom(1);
    double[] seen =
        DoubleStream.generate(() -> NormalScores.difference(random.doubles(60).toArray(), 20))
            .limit(2000)
            .toArray();
    // a share of .05 is beyond 1.96; the standard error of 2,000 draws is .005
    assertThat(DoubleStream.of(seen).filter(z -> Math.abs(z) > 1.96).count() / 2000.0)
        .isCloseTo(.05, within(.015));
  }

  @Test
  void thereIsNoneWhereNothingIsToCompare() {
    assertThat(NormalScores.difference(new double[] {1, 2}, 2)).isZero();
    assertThat(NormalScores.difference(new double[] {1, 2}, 0)).isZero();
    assertThat(NormalScores.difference(new double[] {1, 1, 1}, 1)).isZero();
    assertThat(NormalScores.difference(new double[0], 0)).isZero();
  }
}
