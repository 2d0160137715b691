package io.github.deepcut.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepcut.audit.Accuracy;
import io.github.deepcut.stats.Value;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CollapseTest {
  /** Right answers of the original, the unlearned and the retrained model to n questions. */
  private static Optional<String> of(long n, long original, long unlearned, Long retrained) {
    Row row =
        Row.of(
            Metric.retain("accuracy"),
            Accuracy.of(original, n),
            Accuracy.of(unlearned, n),
            retrained == null ? null : Accuracy.of(retrained, n));
    return Collapse.DEFAULT.in(List.of(row));
  }

  @Test
  void aFallToNothingIsOne() {
    assertThat(of(2000, 1872, 0, null)) // 1872 / 2000 = 93.6 %
        .contains("retain_accuracy fell from 93.6 to 0.0, beyond noise more than 10 points");
    assertThat(of(2000, 1872, 0, 1800L)).get().asString().contains("0.0 (retrained: 90.0), ");
  }

  /** Clopper–Pearson: 1640 of 2000 reach to 83.7 %, of 1620 to 82.7 %; 93.6 - 10 = 83.6. */
  @Test
  void tenPointsBeyondNoise() {
    assertThat(of(2000, 1872, 1640, null)).isEmpty();
    assertThat(of(2000, 1872, 1620, null)).isPresent();
    // 30 of 40 are 75 %, and to 87.3 % by their interval; 20 of 40 to 66.2
    assertThat(of(40, 38, 30, null)).isEmpty();
    assertThat(of(40, 38, 20, null)).isPresent();
  }

  @Test
  void aRetrainedModelThatKnowsNoMoreExcuses() {
    assertThat(of(2000, 1872, 1400, 1410L)).isEmpty();
    assertThat(of(2000, 1872, 1400, 1872L)).isPresent();
  }

  @Test
  void otherMetricsAndUndefinedOnesAreNone() {
    Row forget = Row.of(Metric.forget("f1"), Value.of(1, 50), Value.of(0, 50), null);
    Value none = Value.undefined("no entities", 50);
    Row retain = Row.of(Metric.retain("f1"), Value.of(1, 50), none, null);
    assertThat(Collapse.DEFAULT.in(List.of(forget, retain))).isEmpty();
    Row f1 = Row.of(Metric.retain("f1"), Value.of(0.9, 50), Value.of(0.7, 50), null);
    assertThat(Collapse.DEFAULT.in(List.of(forget, f1))).isPresent(); // no interval: the number
  }
}
