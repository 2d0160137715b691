package io.github.deepcut.report;

import static io.github.deepcut.report.Rows.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepcut.audit.MarginScore;
import io.github.deepcut.audit.ShadowAttack;
import io.github.deepcut.report.Verdict.Outcome;
import io.github.deepcut.stats.Interval;
import io.github.deepcut.stats.Value;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every path to a verdict: which models there are, whether the original had anything to find, how
 * many samples, what the audited model is. The attack gives 80 where something is remembered (with
 * headroom: else 53), 20 where it is over-forgotten, and 51 to 52 elsewhere.
 */
class VerdictPathsTest {
  private static final Metric LIRA = ShadowMetrics.auc(ShadowAttack.Test.LIRA);
  private static final Metric OUTSIDE = AuditMetrics.aucFromOutside(new MarginScore());

  @ParameterizedTest
  @CsvSource({
    // original, retrained, headroom, n, audited, verdict
    "true, true, true, 60, near, FORGOTTEN",
    "true, true, true, 60, untouched, NOT_FORGOTTEN",
    "true, true, true, 60, over, NOT_FORGOTTEN",
    "true, true, true, 29, near, INCONCLUSIVE",
    "true, true, true, 29, untouched, INCONCLUSIVE",
    "true, true, true, 29, over, INCONCLUSIVE",
    "true, true, false, 60, near, INCONCLUSIVE",
    "true, true, false, 60, untouched, INCONCLUSIVE",
    "true, true, false, 60, over, NOT_FORGOTTEN",
    "true, true, false, 29, near, INCONCLUSIVE",
    "true, true, false, 29, untouched, INCONCLUSIVE",
    "true, true, false, 29, over, INCONCLUSIVE",
    "true, false, true, 60, near, INCONCLUSIVE",
    "true, false, true, 60, untouched, NOT_FORGOTTEN",
    "true, false, true, 60, over, NOT_FORGOTTEN",
    "true, false, true, 29, near, INCONCLUSIVE",
    "true, false, true, 29, untouched, INCONCLUSIVE",
    "true, false, true, 29, over, INCONCLUSIVE",
    "true, false, false, 60, near, INCONCLUSIVE",
    "true, false, false, 60, untouched, INCONCLUSIVE",
    "true, false, false, 60, over, NOT_FORGOTTEN",
    "false, true, true, 60, near, INCONCLUSIVE",
    "false, true, true, 60, untouched, NOT_FORGOTTEN",
    "false, true, true, 60, over, NOT_FORGOTTEN",
    "false, true, true, 29, near, INCONCLUSIVE",
    "false, true, false, 60, near, INCONCLUSIVE",
    "false, true, false, 60, untouched, INCONCLUSIVE",
    "false, false, true, 60, near, INCONCLUSIVE",
    "false, false, true, 60, untouched, NOT_FORGOTTEN",
    "false, false, true, 60, over, NOT_FORGOTTEN",
    "false, false, true, 29, untouched, INCONCLUSIVE",
    "false, false, false, 60, near, INCONCLUSIVE",
    "false, false, false, 60, untouched, INCONCLUSIVE",
    "false, false, false, 60, over, NOT_FORGOTTEN",
  })
  void isAsTold(
      boolean original, boolean retrained, boolean headroom, long n, String what, Outcome verdict) {
    List<Row> rows =
        rows(headroom, what).stream().map(r -> part(r, original, retrained, n)).toList();
    assertThat(VerdictRule.DEFAULT.judge(rows, Same.NONE).outcome()).isEqualTo(verdict);
    // shadow models withhold an acquittal where they tell the two apart, and decide nothing else
    assertThat(with(rows, row(LIRA, 0.90, 0.52, 0.50)).outcome()).isEqualTo(verdict);
    assertThat(with(rows, row(LIRA, 0.90, 0.70, 0.50)).outcome())
        .isEqualTo(verdict == Outcome.FORGOTTEN ? Outcome.INCONCLUSIVE : verdict);
    // an attack from outside decides nothing
    assertThat(with(rows, row(OUTSIDE, 0.90, 0.70, 0.50)).outcome()).isEqualTo(verdict);
    // and where the tensors are the original's, nothing was done, whatever else there is
    assertThat(VerdictRule.DEFAULT.judge(rows, new Same(true, false)).outcome())
        .isEqualTo(Outcome.NOT_FORGOTTEN);
  }

  private static Verdict with(List<Row> rows, Row another) {
    return VerdictRule.DEFAULT.judge(
        Stream.concat(rows.stream(), Stream.of(another)).toList(), Same.NONE);
  }

  private static List<Row> rows(boolean headroom, String what) {
    double before = headroom ? 0.80 : 0.53;
    double attack = what.equals("near") ? 0.52 : what.equals("over") ? 0.20 : before;
    double forget = what.equals("untouched") && headroom ? 0.99 : 0.86;
    return List.of(
        row(Rows.ATTACK, before, attack, 0.51),
        row(Rows.FORGET, headroom ? 0.99 : 0.86, forget, 0.85),
        row(Rows.TEST, 0.91, 0.90, 0.90, 0.01));
  }

  /** The same as far as these models and so many samples tell it. */
  private static Row part(Row row, boolean original, boolean retrained, long n) {
    return new Row(
        row.metric(),
        original ? of(row.original(), n) : null,
        of(row.unlearned(), n),
        retrained ? of(row.retrained(), n) : null,
        retrained ? row.difference() : null,
        original && retrained ? row.headroom() : null,
        null,
        original && retrained ? row.halved() : null);
  }

  private static Value of(Value value, long n) {
    Interval interval = value.interval().orElseThrow();
    return Value.of(value.number().orElseThrow(), n, interval);
  }
}
