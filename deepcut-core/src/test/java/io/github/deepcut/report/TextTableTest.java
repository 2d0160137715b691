package io.github.deepcut.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepcut.stats.Interval;
import io.github.deepcut.stats.Value;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class TextTableTest {
  private static final List<Row> ROWS =
      List.of(
          Row.of(
              Rows.FORGET,
              Value.of(1, 54),
              Value.of(0.8512, 54, new Interval(0.7, 0.9)),
              Value.of(0.862, 54)),
          Row.of(
              Metric.test("naïve|𝒻1"),
              null,
              Value.undefined("there is no entity to find", 940),
              null),
          Row.of(
              Metric.JS_DIVERGENCE_FORGET,
              Value.of(0.0314, 54),
              Value.of(0.0123, 54, new Interval(0.01, 0.0149)),
              Value.of(-0.00001, 54)));

  @Test
  void plainTextIsAligned() {
    assertThat(TextTable.plain(ROWS))
        .isEqualTo(
            """
            metric               | original | unlearned | retrained |   gap |   n |  95 % interval
            ---------------------+----------+-----------+-----------+-------+-----+---------------
            forget_f1            |    100.0 |      85.1 |      86.2 |   1.1 |  54 |   [70.0, 90.0]
            test_naïve|𝒻1        |        – |         – |         – |     – | 940 |              –
            js_divergence_forget |    0.031 |     0.012 |     0.000 | 0.012 |  54 | [0.010, 0.015]
            """);
  }

  @Test
  void markdownEscapesPipes() {
    assertThat(TextTable.markdown(ROWS))
        .isEqualTo(
            """
            | metric | original | unlearned | retrained | gap | n | 95 % interval |
            |---|--:|--:|--:|--:|--:|--:|
            | forget_f1 | 100.0 | 85.1 | 86.2 | 1.1 | 54 | [70.0, 90.0] |
            | test_naïve\\|𝒻1 | – | – | – | – | 940 | – |
            | js_divergence_forget | 0.031 | 0.012 | 0.000 | 0.012 | 54 | [0.010, 0.015] |
            """);
  }

  @Test
  void noRowsLeaveTheHeader() {
    assertThat(TextTable.plain(List.of()).lines()).hasSize(2);
    assertThat(TextTable.markdown(List.of()).lines()).hasSize(2);
  }

  @Test
  void numbersDoNotDependOnTheLocale() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.GERMANY);
      assertThat(Unit.PERCENT.format(12.34)).isEqualTo("12.3");
      assertThat(Unit.PERCENT.format(-0.04)).isEqualTo("0.0");
      assertThat(Unit.LOG_RATIO.format(-1.5)).isEqualTo("-1.500");
    } finally {
      Locale.setDefault(before);
    }
  }
}
