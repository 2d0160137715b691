package io.github.deepcut.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deepcut.audit.Golden;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RocAucTest {
  private final JsonNode golden = Golden.statistics("roc");
  private final double[] members = side(1);
  private final double[] others = side(0);

  private double[] side(int label) {
    double[] labels = Golden.numbers(golden.get("labels"));
    double[] scores = Golden.numbers(golden.get("scores"));
    return IntStream.range(0, labels.length)
        .filter(i -> labels[i] == label)
        .mapToDouble(i -> scores[i])
        .toArray();
  }

  private static Bootstrap bootstrap() {
    return new Bootstrap(new SplittableRandom(1));
  }

  private static double auc(double[] members, double[] others) {
    return RocAuc.of(members, others, new Bootstrap(1, new SplittableRandom(1)))
        .number()
        .orElseThrow();
  }

  @Test
  void agreesWithScikitLearn() {
    assertThat(auc(members, others)).isCloseTo(golden.get("auc").doubleValue(), within(1e-9));
    List<RocAuc.Point> curve = RocAuc.curve(members, others);
    assertThat(curve.stream().mapToDouble(RocAuc.Point::fpr).toArray())
        .containsExactly(Golden.numbers(golden.get("fpr")), within(1e-9));
    assertThat(curve.stream().mapToDouble(RocAuc.Point::tpr).toArray())
        .containsExactly(Golden.numbers(golden.get("tpr")), within(1e-9));
    golden
        .get("tpr_at_fpr")
        .properties()
        .forEach(
            e ->
                assertThat(
                        RocAuc.tprAtFpr(members, others, Double.parseDouble(e.getKey()))
                            .number()
                            .orElseThrow())
                    .isCloseTo(e.getValue().doubleValue(), within(1e-9)));
  }

  @Test
  void intervalAgreesWithHanleyAndMcNeil() {
    // A = .663: Q1 = A / (2 - A) = .496, Q2 = 2 A^2 / (1 + A) = .529; with 27 and 33:
    // se^2 = (A (1 - A) + 26 (Q1 - A^2) + 32 (Q2 - A^2)) / (27 * 33), se = .071
    Interval interval = RocAuc.of(members, others, bootstrap()).interval().orElseThrow();
    assertThat(interval.halfWidth()).isCloseTo(1.96 * 0.071, within(0.02));
    assertThat(interval.contains(0.6633)).isTrue();
  }

  @Test
  void anEmptySideIsUndefined() {
    assertThat(RocAuc.of(new double[0], others, bootstrap()))
        .isEqualTo(Value.undefined("needs members and non-members, found 0 and 33", 0));
    assertThat(RocAuc.tprAtFpr(members, new double[0], 0.1)).isInstanceOf(Value.Undefined.class);
    assertThatThrownBy(() -> RocAuc.curve(members, new double[0]))
        .hasMessageContaining("found 27 and 0");
  }

  @Test
  void tiesCountOneHalfNegativeZeroIncluded() {
    assertThat(auc(new double[] {0.0, -0.0}, new double[] {-0.0, 0.0, 0.0})).isEqualTo(0.5);
    assertThat(auc(new double[] {1, 2}, new double[] {1})).isEqualTo(0.75);
  }

  @Test
  void rejectsNaN() {
    assertThatThrownBy(() -> auc(new double[] {1, Double.NaN}, new double[] {1}))
        .hasMessageContaining("member score[1] is NaN");
  }

  @Test
  void smallestEffectShrinksWithSamples() {
    // 1.96 * sqrt(201 / (12 * 100 * 100)) = .0802
    assertThat(RocAuc.smallestEffect(100, 100)).isCloseTo(0.0802, within(1e-4));
    assertThatThrownBy(() -> RocAuc.smallestEffect(0, 5)).hasMessageContaining("found 0 and 5");
  }

  @Property
  void symmetricInRangeAndFreeOfOrder(
      @ForAll @Size(min = 1, max = 30) List<@IntRange(min = -3, max = 3) Integer> a,
      @ForAll @Size(min = 1, max = 30) List<@IntRange(min = -3, max = 3) Integer> b) {
    double[] x = a.stream().mapToDouble(Integer::doubleValue).toArray();
    double[] y = b.stream().mapToDouble(Integer::doubleValue).toArray();
    double auc = auc(x, y);
    assertThat(auc).isBetween(0.0, 1.0);
    assertThat(auc(y, x)).isCloseTo(1 - auc, within(1e-12));
    assertThat(auc(negative(x), negative(y))).isCloseTo(1 - auc, within(1e-12));
    assertThat(auc(x, x)).isCloseTo(0.5, within(1e-12));
    double[] sorted = x.clone();
    Arrays.sort(sorted);
    assertThat(auc(sorted, y)).isCloseTo(auc, within(1e-12));
  }

  private static double[] negative(double[] x) {
    return Arrays.stream(x).map(v -> -v).toArray();
  }
}
