package io.github.deepcut.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deepcut.stats.KolmogorovSmirnov;
import io.github.deepcut.stats.MannWhitney;
import io.github.deepcut.stats.TwoSampleTest;
import io.github.deepcut.stats.Value;
import java.util.Arrays;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TwoSampleTestsTest {
  private final JsonNode golden = Golden.statistics("two_sample");
  private final double[] x = Golden.numbers(golden.get("x"));
  private final double[] y = Golden.numbers(golden.get("y"));

  private static double number(Value value) {
    return value.number().orElseThrow();
  }

  @Test
  void agreesWithScipy() {
    TwoSampleTest ks = KolmogorovSmirnov.of(x, y);
    assertThat(ks.how()).isEqualTo("exact");
    assertThat(number(ks.statistic()))
        .isCloseTo(golden.get("ks_statistic").doubleValue(), within(1e-9));
    assertThat(number(ks.pValue())).isCloseTo(golden.get("ks_p_exact").doubleValue(), within(1e-9));
    TwoSampleTest mw = MannWhitney.of(x, y);
    assertThat(number(mw.statistic()))
        .isCloseTo(golden.get("mann_whitney_u").doubleValue(), within(1e-9));
    assertThat(number(mw.pValue()))
        .isCloseTo(golden.get("mann_whitney_p").doubleValue(), within(1e-9));
  }

  @Test
  void theLimitIsNearScipysAndTheExactOne() {
    assertThat(KolmogorovSmirnov.asymptotic(35, 50, 0.2))
        .isCloseTo(golden.get("ks_p_asymptotic").doubleValue(), within(1e-3));
    long distance = 55L * 2000;
    assertThat(KolmogorovSmirnov.asymptotic(2000, 2000, 55.0 / 2000))
        .isCloseTo(KolmogorovSmirnov.exact(2000, 2000, distance), within(0.01));
  }

  @Test
  void exactByHand() {
    // 2 against 2, apart: 2 of the 6 paths touch the corner
    assertThat(number(KolmogorovSmirnov.of(new double[] {1, 2}, new double[] {3, 4}).pValue()))
        .isCloseTo(1.0 / 3, within(1e-12));
    // 20 against 20, apart: 2 of C(40, 20) = 137846528820 paths; small and still exact
    double[] low = IntStream.range(0, 20).asDoubleStream().toArray();
    double[] high = IntStream.range(20, 40).asDoubleStream().toArray();
    double p = number(KolmogorovSmirnov.of(low, high).pValue());
    assertThat(p * 137846528820.0 / 2).isCloseTo(1, within(1e-9));
  }

  @Test
  void manyPairsTakeTheLimit() {
    double[] many = IntStream.range(0, 4000).asDoubleStream().toArray();
    TwoSampleTest ks = KolmogorovSmirnov.of(many, many);
    assertThat(ks.how()).isEqualTo("asymptotic");
    assertThat(number(ks.pValue())).isEqualTo(1);
    double[] moved = Arrays.stream(many).map(v -> v + 1000).toArray();
    assertThat(number(KolmogorovSmirnov.of(many, moved).pValue())).isBetween(0.0, 1e-50);
  }

  @Test
  void emptyIsUndefined() {
    assertThat(KolmogorovSmirnov.of(new double[0], y).pValue())
        .isEqualTo(Value.undefined("needs two samples, found 0 and 50 values", 50));
    assertThat(MannWhitney.of(x, new double[0]).statistic()).isInstanceOf(Value.Undefined.class);
  }

  @Test
  void oneValueThroughoutTellsNothing() {
    double[] ones = {1, 1, 1};
    assertThat(number(MannWhitney.of(ones, ones).pValue())).isEqualTo(1);
    assertThat(number(MannWhitney.of(ones, ones).statistic())).isEqualTo(4.5);
    assertThat(number(MannWhitney.of(new double[] {1}, new double[] {1}).pValue())).isEqualTo(1);
  }

  @Property(tries = 200)
  void symmetricAndFreeOfOrder(
      @ForAll @Size(min = 1, max = 30) double[] a, @ForAll @Size(min = 1, max = 30) double[] b) {
    TwoSampleTest ks = KolmogorovSmirnov.of(a, b);
    double p = number(ks.pValue());
    assertThat(p).isBetween(0.0, 1.0);
    assertThat(number(ks.statistic())).isBetween(0.0, 1.0);
    assertThat(number(KolmogorovSmirnov.of(b, a).pValue())).isCloseTo(p, within(1e-12));
    assertThat(number(MannWhitney.of(b, a).pValue()))
        .isCloseTo(number(MannWhitney.of(a, b).pValue()), within(1e-9));
    double[] sorted = a.clone();
    Arrays.sort(sorted);
    assertThat(KolmogorovSmirnov.of(sorted, b)).isEqualTo(ks);
    assertThat(MannWhitney.of(sorted, b)).isEqualTo(MannWhitney.of(a, b));
  }

  @Property(tries = 100)
  void theSameSampleTwiceHasPValueOne(@ForAll @Size(min = 1, max = 40) double[] a) {
    TwoSampleTest ks = KolmogorovSmirnov.of(a, a);
    assertThat(number(ks.statistic())).isZero();
    assertThat(number(ks.pValue())).isEqualTo(1);
    assertThat(number(MannWhitney.of(a, a).pValue())).isEqualTo(1);
  }
}
