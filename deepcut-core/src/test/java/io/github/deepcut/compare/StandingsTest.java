package io.github.deepcut.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.stats.Interval;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StandingsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static List<ObjectNode> runs(String method, double seconds, double... gaps) {
    List<ObjectNode> out = new ArrayList<>();
    for (double gap : gaps) {
      ObjectNode run = JSON.createObjectNode().put("method", method).put("average_gap", gap);
      run.putObject("metrics").putObject("forget_f1").put("gap", 2 * gap);
      run.putObject("seconds").put("unlearn", seconds).put("retrain", 60.0);
      out.add(run);
    }
    return out;
  }

  private static Standings three() {
    List<ObjectNode> all = new ArrayList<>(runs("worse", 6, 3, 4, 5));
    all.add(JSON.createObjectNode().put("method", "broken").put("failed", "not, here"));
    all.addAll(runs("better", 3, 1, 2, 2));
    return Standings.of(all, runs(Standings.NOTHING, 0, 9, 9, 9));
  }

  @Test
  void theLeastAverageGapComesFirstAndWhatFailedLast() {
    assertThat(three().methods())
        .extracting(Standing::method)
        .containsExactly("better", "worse", "broken");
    assertThat(three().methods().get(0).timesFaster()).isEqualTo(20);
    assertThat(three().methods().get(1).gaps()).containsEntry("forget_f1", 8.0);
  }

  /**
   * Differences 2, 2, 3: mean 7/3, standard error 1/3, t = 7 on 2 degrees of freedom; there the
   * two-sided p is 1 - t/sqrt(t² + 2) = 1 - 7/sqrt(51).
   */
  @Test
  void aDifferenceIsTestedInPairsOverSeeds() {
    assertThat(three().methods().get(0).pValue()).isEmpty();
    assertThat(three().methods().get(1).pValue().orElseThrow())
        .isCloseTo(1 - 7 / Math.sqrt(51), within(1e-12));
    assertThat(Standings.pairedP(new double[] {1}, new double[] {2})).isEmpty();
    assertThat(Standings.pairedP(new double[] {1, 2}, new double[] {1, 2})).hasValue(1);
  }

  @Test
  void aCollapseIsToldAndTheFiguresStay() {
    List<ObjectNode> ruined = runs("ruined", 6, 3, 4, 5);
    ruined.get(1).put("collapsed", "retain_f1 fell");
    StandingsTable table = new StandingsTable(Standings.of(ruined, List.of()));
    assertThat(table.plain().lines()).element(1).asString().endsWith("  collapsed");
    assertThat(table.plain()).endsWith("ruined: retain_f1 fell\n");
    assertThat(table.csv()).endsWith(",retain_f1 fell\n");
    JsonNode row = table.json(JSON).path("table").get(0);
    assertThat(row.path("collapsed").asText()).isEqualTo("retain_f1 fell");
    assertThat(row.path("average_gap").asDouble()).isEqualTo(4);
  }

  /** 3, 4, 5: mean 4, standard error 1/sqrt(3), t(.975; 2) = .95 / sqrt(2·.975·.025). */
  @Test
  void theIntervalIsStudents() {
    double t = 0.95 / Math.sqrt(2 * 0.975 * 0.025);
    Interval interval = three().methods().get(1).interval().orElseThrow();
    assertThat(interval.high()).isCloseTo(4 + t / Math.sqrt(3), within(1e-9));
    assertThat(interval.low()).isCloseTo(4 - t / Math.sqrt(3), within(1e-9));
  }

  @Test
  void tablesHoldEveryMethodAndSayWhatFailed() {
    StandingsTable table = new StandingsTable(three());
    assertThat(table.plain().lines().map(l -> l.split("  ", 2)[0]))
        .containsExactly(
            "method", "better", "worse", "broken", Standings.NOTHING, "broken: not, here");
    assertThat(table.csv().lines()).hasSize(5).element(3).asString().endsWith(",\"not, here\",");
    assertThat(table.json(JSON).path("table")).hasSize(4);
    assertThat(table.markdown().lines()).filteredOn(l -> l.startsWith("|")).hasSize(6);
  }
}
