package io.github.deepcut.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class QuantilesTest {

  @Test
  void theyAreLinearBetweenTheMiddlesOfWeightsAndFlatOutside() {
    // in order 1, 3, 5 with weights 1, 2, 1: their middles lie at 1/8, 4/8, 7/8
    Quantiles q = Quantiles.of(new double[] {5, 1, 3}, new double[] {1, 1, 2});
    assertThat(q.at(0)).isEqualTo(1);
    assertThat(q.at(.125)).isEqualTo(1);
    assertThat(q.at(.3125)).isCloseTo(2, within(1e-12)); // half way from 1/8 to 4/8
    assertThat(q.at(.5)).isEqualTo(3);
    assertThat(q.at(1)).isEqualTo(5);
  }

  @Test
  void valuesWithoutWeightAreNotThere() {
    Quantiles q = Quantiles.of(new double[] {-9, 2, 9}, new double[] {0, 3, 0});
    assertThat(q.at(.01)).isEqualTo(2);
    assertThat(q.at(.99)).isEqualTo(2);
  }
}
