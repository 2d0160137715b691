package io.github.deepcut.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.deepcut.stats.Value;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MembershipRatesTest {
  private static double[] about(double centre, int n, long seed) {
    return new SplittableRandom(seed).doubles(n, centre - 0.1, centre + 0.1).toArray();
  }

  @Test
  void theMachineTellsConfidentMembersFromOthers() {
    double[] retain = about(0.9, 200, 1);
    double[] test = about(0.5, 300, 2);
    assertThat(efficacy(about(0.9, 40, 3), retain, test)).isZero();
    assertThat(efficacy(about(0.5, 40, 3), retain, test)).isEqualTo(1);
    double[] half = about(0.9, 40, 3);
    Arrays.fill(half, 0, 10, 0.5);
    assertThat(efficacy(half, retain, test)).isEqualTo(0.25);
    assertThat(MiaEfficacy.of(half, retain, new double[0], new SplittableRandom(1)))
        .isInstanceOf(Value.Undefined.class);
  }

  private static double efficacy(double[] forget, double[] retain, double[] test) {
    return MiaEfficacy.of(forget, retain, test, new SplittableRandom(1)).number().orElseThrow();
  }

  @Test
  void theThresholdThatTellsBest() {
    double[] retain = {0.1, 0.2, 0.3, 0.9};
    double[] test = {0.35, 0.8, 1.0, 1.2};
    // up to .3: three of four members and no other; up to .9: all four, but two others
    assertThat(MemberPredictionRate.threshold(retain, test)).isEqualTo(0.3);
    assertThat(MemberPredictionRate.of(new double[] {0.3, 0.31, 0.05, 2}, retain, test).number())
        .hasValue(0.5);
    // nothing tells them apart: nobody is a member
    assertThat(MemberPredictionRate.of(retain, test, test).number()).hasValue(0);
  }

  @Test
  void klomOfEqualAndOfDistantGroups() {
    double[][] a = {{1, -3}, {2, -2}, {3, -1}};
    assertThat(Klom.perSample(a, a)).containsExactly(0, 0);
    double[][] far = {{1, 7}, {2, 8}, {3, 9}};
    double[] found = Klom.perSample(far, a);
    assertThat(found[0]).isZero();
    // 3 counts in bins that hold e = 1e-5 there: ln((1 + e) / e) nats, nearly, in each
    assertThat(found[1]).isCloseTo(Math.log(1e5), within(0.01));
    assertThatThrownBy(() -> Klom.perSample(new double[][] {{1}}, a))
        .hasMessageContaining("found 1 and 3");
  }

  @Test
  void theNinetyFifthPercentileOfSamples() {
    double[] to20 = new double[21];
    Arrays.setAll(to20, i -> i);
    assertThat(Klom.percentile95(to20).number()).hasValue(19);
    assertThat(Klom.percentile95(new double[0])).isInstanceOf(Value.Undefined.class);
  }
}
