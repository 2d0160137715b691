package io.github.deepcut.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deepcut.stats.Bootstrap;
import io.github.deepcut.stats.JensenShannon;
import io.github.deepcut.stats.Value;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class DistancesTest {
  private static Bootstrap bootstrap() {
    return new Bootstrap(new SplittableRandom(1));
  }

  @Test
  void jensenShannonAgreesWithScipy() {
    JsonNode golden = Golden.statistics("jensen_shannon");
    double[] expected = Golden.numbers(golden.get("divergence_nats"));
    for (int i = 0; i < expected.length; i++) {
      double[] p = Golden.numbers(golden.get("p").get(i));
      double[] q = Golden.numbers(golden.get("q").get(i));
      assertThat(JensenShannon.divergence(p, q)).isCloseTo(expected[i], within(1e-9));
    }
  }

  @Test
  void jensenShannonOfNothingInCommonIsLogTwo() {
    double[] p = {1, 0};
    double[] q = {0, 1};
    assertThat(JensenShannon.divergence(p, q)).isCloseTo(Math.log(2), within(1e-12));
    Value mean = JensenShannon.mean(new double[][] {p, p}, new double[][] {q, p}, bootstrap());
    assertThat(mean.number().orElseThrow()).isCloseTo(Math.log(2) / 2, within(1e-12));
    assertThat(JensenShannon.mean(new double[0][], new double[0][], bootstrap()))
        .isInstanceOf(Value.Undefined.class);
  }

  @Test
  void jensenShannonRejectsWhatIsNoDistribution() {
    double[] half = {0.5, 0.5};
    assertThatThrownBy(() -> JensenShannon.divergence(half, new double[] {0.5, 0.4}))
        .hasMessageContaining("sum to 0.9");
    assertThatThrownBy(() -> JensenShannon.divergence(half, new double[] {1.5, -0.5}))
        .hasMessageContaining("-0.5");
    assertThatThrownBy(() -> JensenShannon.divergence(half, new double[] {Double.NaN, 1}))
        .hasMessageContaining("NaN");
    assertThatThrownBy(() -> JensenShannon.divergence(half, new double[] {1}))
        .hasMessageContaining("2 against 1");
  }

  @Property
  void jensenShannonIsSymmetricAndBounded(
      @ForAll @Size(4) List<@DoubleRange(min = 0, max = 1) Double> a,
      @ForAll @Size(4) List<@DoubleRange(min = 0, max = 1) Double> b) {
    double[] p = distribution(a);
    double[] q = distribution(b);
    double nats = JensenShannon.divergence(p, q);
    assertThat(nats).isBetween(0.0, Math.log(2));
    assertThat(JensenShannon.divergence(q, p)).isCloseTo(nats, within(1e-12));
    assertThat(JensenShannon.divergence(p, p)).isCloseTo(0, within(1e-12));
  }

  private static double[] distribution(List<Double> list) {
    double[] x = array(list);
    double sum = Arrays.stream(x).sum() + 1e-9 * x.length;
    return Arrays.stream(x).map(v -> (v + 1e-9) / sum).toArray();
  }

  @Test
  void logLossDistanceByHand() {
    // |log(.002 / .001)| = ln 2; |log(.001 / .004)| = 2 ln 2; mean 1.5 ln 2
    double[] unlearned = {0.001, 0};
    double[] retrained = {0, 0.003};
    Value mean = LogLossDistance.mean(unlearned, retrained, bootstrap());
    assertThat(mean.number().orElseThrow()).isCloseTo(1.5 * Math.log(2), within(1e-12));
    assertThat(LogLossDistance.perSample(unlearned, retrained))
        .containsExactly(new double[] {Math.log(2), 2 * Math.log(2)}, within(1e-12));
  }

  @Test
  void logLossDistanceRejectsImpossibleLosses() {
    double[] one = {1};
    assertThatThrownBy(() -> LogLossDistance.perSample(one, new double[] {-0.5}))
        .hasMessageContaining("retrained loss[0] is -0.5");
    assertThatThrownBy(
            () -> LogLossDistance.perSample(new double[] {Double.POSITIVE_INFINITY}, one))
        .hasMessageContaining("unlearned loss[0] is Infinity");
    assertThat(LogLossDistance.mean(new double[0], new double[0], bootstrap()))
        .isEqualTo(Value.undefined("no samples", 0));
  }

  @Property
  void logLossDistanceIsSymmetric(
      @ForAll @Size(5) List<@DoubleRange(min = 0, max = 20) Double> a,
      @ForAll @Size(5) List<@DoubleRange(min = 0, max = 20) Double> b) {
    double[] u = array(a);
    double[] r = array(b);
    assertThat(LogLossDistance.perSample(u, r)).isEqualTo(LogLossDistance.perSample(r, u));
    assertThat(LogLossDistance.perSample(u, u)).containsOnly(0.0);
  }

  private static double[] array(List<Double> list) {
    return list.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
