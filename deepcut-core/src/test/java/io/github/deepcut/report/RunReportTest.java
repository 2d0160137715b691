package io.github.deepcut.report;

import static io.github.deepcut.report.Rows.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.deepcut.data.Copies;
import io.github.deepcut.data.Copies.Count;
import io.github.deepcut.data.Copies.Inside;
import io.github.deepcut.report.Verdict.Outcome;
import io.github.deepcut.stats.Interval;
import io.github.deepcut.stats.Value;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class RunReportTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Verdict VERDICT = new Verdict(Outcome.FORGOTTEN, "all is near");

  private static final Copies COPIES =
      new Copies(
          new Count(2, 1), new Count(3, 1), null, new Inside(new Count(0, 1), new Count(4, 5)));

  private static RunReport report(Row... rows) {
    return new RunReport(
        "unlearn",
        Optional.of(new RunReport.How("deepcut", 3, 36, "indistinguishable")),
        "ner",
        1,
        new RunReport.Examples(54, 5370, 923, 940, Optional.of(COPIES)),
        List.of(rows),
        new RunReport.Seconds(
            OptionalDouble.of(12.5),
            OptionalDouble.empty(),
            OptionalDouble.of(80.25),
            OptionalDouble.of(1.5)),
        VERDICT,
        Optional.of("out"));
  }

  /** A row whose numbers are exact in binary, also times 100. */
  private static Row plain(Metric metric, double original, double unlearned, double retrained) {
    return Row.of(
        metric,
        Value.of(original, 54),
        Value.of(unlearned, 54, new Interval(unlearned - 0.25, unlearned + 0.25)),
        Value.of(retrained, 54));
  }

  @Test
  void isExactlyTheDocumentedObject() throws Exception {
    RunReport report =
        report(
            plain(Rows.FORGET, 1, 0.5, 0.75),
            plain(Rows.RETAIN, 1, 0.75, 0.75),
            plain(Rows.TEST, 0.75, 0.5, 0.75),
            plain(Metric.ATTACK_AUC, 0.75, 0.5, 0.5),
            plain(Metric.JS_DIVERGENCE_FORGET, 0.5, 0.25, 0));
    String expected =
        """
        {"command":"unlearn","method":"deepcut","task":"ner","seed":1,
         "examples":{"forget":54,"retain":5370,"holdout":923,"test":940,
          "copies":{"forgotten":{"exact":2,"near":1},"retained":{"exact":3,"near":1},
           "holdout":null,"test":{"forgotten":{"exact":0,"near":1},
            "retained":{"exact":4,"near":5}}}},
         "metrics":{
          "forget_f1":{"original":100.0,"unlearned":50.0,"retrained":75.0,"gap":25.0,
           "n":54,"low":25.0,"high":75.0},
          "retain_f1":{"original":100.0,"unlearned":75.0,"retrained":75.0,"gap":0.0,
           "n":54,"low":50.0,"high":100.0},
          "test_f1":{"original":75.0,"unlearned":50.0,"retrained":75.0,"gap":25.0,
           "n":54,"low":25.0,"high":75.0},
          "attack_auc":{"original":75.0,"unlearned":50.0,"retrained":50.0,"gap":0.0,
           "n":54,"low":25.0,"high":75.0},
          "js_divergence_forget":{"original":0.5,"unlearned":0.25,"retrained":0.0,"gap":0.25,
           "n":54,"low":0.0,"high":0.5}},
         "average_gap":12.5,"passes":3,"steps":36,"stopped_by":"indistinguishable","siblings":null,
         "seconds":{"unlearn":12.5,"original":null,"retrain":80.25,"index":1.5},
         "verdict":"forgotten","because":"all is near","out":"out"}
        """
            .replaceAll("\n *", "");
    assertThat(MAPPER.writeValueAsString(report.toJson(MAPPER))).isEqualTo(expected);
  }

  @Test
  void whatIsUndefinedIsNullAndSaysWhy() {
    Row undefined =
        Row.of(Rows.FORGET, Value.of(1, 5), Value.undefined("nothing to find", 5), null);
    JsonNode json =
        report(undefined, Row.of(Metric.ATTACK_AUC, null, Value.of(0.5, 1), null)).toJson(MAPPER);
    JsonNode row = json.at("/metrics/forget_f1");
    assertThat(row.get("unlearned").isNull()).isTrue();
    assertThat(row.get("retrained").isNull()).isTrue();
    assertThat(row.get("gap").isNull()).isTrue();
    assertThat(row.get("low").isNull()).isTrue();
    assertThat(row.get("n").asInt()).isEqualTo(5);
    assertThat(json.at("/metrics/attack_auc/original").isNull()).isTrue();
    assertThat(json.get("average_gap").isNull()).isTrue();
    assertThat(json.get("because").asText())
        .isEqualTo(
            "all is near; forget_f1 is undefined: nothing to find; "
                + "no average gap without a retrained model");
  }

  @Test
  void theAverageGapNeedsAllFour() {
    RunReport report = report(row(Rows.FORGET, 1, 0.5, 0.5), row(Rows.TEST, 1, 0.5, 0.5));
    assertThat(report.averageGap())
        .isEqualTo(
            Value.undefined(
                "no average gap without a gap of the retain utility and the attack", 2));
  }

  @Test
  void knownGapIntervalsAndFloorsAreWritten() {
    Row row =
        plain(Rows.FORGET, 1, 0.5, 0.75)
            .withDifference(Value.of(-0.25, 54, new Interval(-0.5, 0.125)))
            .withFloor(0.125);
    JsonNode json = report(row).toJson(MAPPER).at("/metrics/forget_f1");
    assertThat(json.get("gap_low").asDouble()).isZero(); // |gap|: 0 is among the differences
    assertThat(json.get("gap_high").asDouble()).isEqualTo(50);
    assertThat(json.get("floor").asDouble()).isEqualTo(12.5);
    assertThat(json.get("ceiling").asDouble()).isEqualTo(25);
  }

  @Test
  void anAuditHasNoMethod() {
    RunReport audit =
        new RunReport(
            "audit",
            Optional.empty(),
            "classify",
            1,
            new RunReport.Examples(1, 2, 0, 3, Optional.empty()),
            List.of(),
            RunReport.Seconds.NONE,
            VERDICT,
            Optional.of("out"));
    JsonNode json = audit.toJson(MAPPER);
    for (String field : List.of("method", "passes", "steps", "stopped_by", "average_gap")) {
      assertThat(json.get(field).isNull()).as(field).isTrue();
    }
    assertThat(json.at("/seconds/unlearn").isNull()).isTrue();
    assertThat(json.get("metrics").isEmpty()).isTrue();
  }

  @Test
  void oneMetricOneRow() {
    Row row = plain(Rows.FORGET, 1, 0.5, 0.75);
    assertThatThrownBy(() -> report(row, row)).hasMessageContaining("[forget_f1, forget_f1]");
  }
}
