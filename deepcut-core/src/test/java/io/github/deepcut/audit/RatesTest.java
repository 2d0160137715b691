package io.github.deepcut.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deepcut.stats.Bootstrap;
import io.github.deepcut.stats.ClopperPearson;
import io.github.deepcut.stats.Interval;
import io.github.deepcut.stats.Value;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RatesTest {
  @Test
  void clopperPearsonAgreesWithScipy() {
    for (JsonNode c : Golden.statistics("clopper_pearson_95")) {
      Interval interval = ClopperPearson.interval(c.get("k").asLong(), c.get("n").asLong());
      assertThat(interval.low()).isCloseTo(c.get("low").doubleValue(), within(1e-9));
      assertThat(interval.high()).isCloseTo(c.get("high").doubleValue(), within(1e-9));
    }
  }

  @Test
  void clopperPearsonRejectsImpossibleCounts() {
    assertThatThrownBy(() -> ClopperPearson.interval(3, 2)).hasMessageContaining("3 of 2");
    assertThatThrownBy(() -> ClopperPearson.interval(0, 0)).hasMessageContaining("n >= 1");
    assertThatThrownBy(() -> ClopperPearson.interval(-1, 2)).hasMessageContaining("-1 of 2");
  }

  @Test
  void accuracyIsTheShareOfHits() {
    boolean[] correct = Accuracy.correct(new int[] {0, 1, 2, 1}, new int[] {0, 1, 1, 1});
    assertThat(Accuracy.of(correct)).isEqualTo(Value.of(0.75, 4, ClopperPearson.interval(3, 4)));
    assertThat(Accuracy.statistic(correct).applyAsDouble(new int[] {2, 2, 0, 1})).isEqualTo(0.5);
  }

  @Test
  void accuracyOfNothingIsUndefined() {
    assertThat(Accuracy.of(new boolean[0])).isEqualTo(Value.undefined("no samples", 0));
  }

  @Test
  void pairedDifferenceIsTighterThanTwoIntervals() {
    boolean[] a = new boolean[100];
    boolean[] b = new boolean[100];
    for (int i = 0; i < 100; i++) {
      a[i] = i < 80;
      b[i] = i < 78; // right where a is, but for two samples
    }
    Value gap =
        new Bootstrap(new SplittableRandom(3))
            .difference(100, Accuracy.statistic(a), Accuracy.statistic(b));
    assertThat(gap.number().orElseThrow()).isCloseTo(0.02, within(1e-12));
    assertThat(gap.interval().orElseThrow().halfWidth()).isLessThan(0.035); // unpaired: 0.11
  }
}
