package io.github.deepcut.bench.results;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The published gaps, floors and ceilings of one request, worked by hand: two originals with a
 * forget F1 of 98 and 100 that unlearn to 90 and 94, against four retrained models with 80, 84, 88
 * and 92, whose mean is 86.
 */
class ResultsTableTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final double[] RETRAINED = {80, 84, 88, 92};

  @TempDir Path folder;

  private static ObjectNode metric(ObjectNode metrics, String name) {
    return metrics.putObject(name);
  }

  private static String run(double original, double unlearned, double seconds) {
    ObjectNode run = JSON.createObjectNode();
    run.put("corpus", "ncbi-disease").put("case", "random").put("variant", "default");
    run.put("request", 1);
    run.putObject("examples").put("forget", 50).put("retain", 950).put("holdout", 9).put("test", 8);
    ObjectNode metrics = run.putObject("metrics");
    for (String name : List.of("forget_f1", "retain_f1", "test_f1", "attack_auc")) {
      metric(metrics, name).put("original", original).put("unlearned", unlearned);
    }
    var each = run.putArray("metrics_to_each");
    for (int k = 0; k < RETRAINED.length; k++) {
      ObjectNode to = each.addObject();
      for (String name : List.of("forget_f1", "retain_f1", "test_f1", "attack_auc")) {
        metric(to, name).put("retrained", RETRAINED[k]);
      }
      for (String name : List.of("loss_distance_forget", "js_divergence_forget")) {
        metric(to, name).put("original", 1.5).put("unlearned", 0.4 + 0.2 * k).put("floor", 0.25);
      }
    }
    run.putObject("seconds").put("retrain", 100).put("unlearn", seconds);
    return run.toString();
  }

  /** Of one original. */
  private static String targets(double distance, double error) {
    ObjectNode line = JSON.createObjectNode().put("corpus", "ncbi-disease").put("case", "entity");
    line.put("unit", "entity").put("misfit_percent", 4);
    line.putObject("floor").put("distance", .2).put("error", .15);
    line.putObject("nothing").put("distance", 2).put("error", -2);
    for (String name : List.of("targets=siblings", "targets=estimated")) {
      line.putObject(name).put("distance", distance).put("error", error);
    }
    return line.toString();
  }

  /** (.3 + .5)/2 = .4, twice the floor; (.1 - .2)/2 = -.05. */
  @Test
  void targets() throws IOException {
    List<String> page = page(run(98, 90, 10));
    assertThat(below(page, "targets"))
        .contains(
            "| ncbi-disease, entity | 0.20 | 0.40 | 2.00 | -0.05 (0.15) | entity | 4 % | 0.40 |"
                + " -0.05 | 2.00 |");
  }

  private List<String> page(String... runs) throws IOException {
    Path head = Files.writeString(folder.resolve("head.md"), "# Results\n");
    Files.write(folder.resolve("runs-0.jsonl"), List.of(runs));
    Files.write(folder.resolve("targets-0.jsonl"), List.of(targets(.3, .1), targets(.5, -.2)));
    Path out = folder.resolve("results.md");
    ResultsTable.main(new String[] {head.toString(), out.toString(), folder.toString()});
    return Files.readAllLines(out);
  }

  /** The lines of a section. */
  private static List<String> below(List<String> page, String title) {
    int from = page.indexOf("## Small encoder, from random weights: " + title) + 1;
    assertThat(from).isPositive();
    return page.subList(from, page.size()).stream()
        .takeWhile(line -> !line.startsWith("## "))
        .toList();
  }

  /**
   * By request, |92 - 86| = 6 and |99 - 86| = 13. Two halves of the retrained models are 8, 4 or 0
   * apart, so 4 on average, and half as many as there are: 4/√2 = 2.8. Distances are means over all
   * pairs, (.4 + .6 + .8 + 1)/4; 100/10 and 100/5 times as fast have the upper median 20.
   */
  @Test
  void byRequest() throws IOException {
    List<String> page = page(run(98, 90, 10), run(100, 94, 5));
    String four = "**6.0** [+6.0] (2.8, 13.0)";
    assertThat(below(page, "by request"))
        .contains(
            "| ncbi-disease, random | 1 | %s | %s | %s | **0.70** (0.25, 1.50) | 20 |"
                .formatted(four, four, four));
  }

  /**
   * By run, (4 + 8)/2 = 6 and (12 + 14)/2 = 13. One retrained model is 8, 2.7, 2.7 or 8 from the
   * mean of the other three: 5.3.
   */
  @Test
  void byRun() throws IOException {
    List<String> page = page(run(98, 90, 10), run(100, 94, 5));
    assertThat(below(page, "by run"))
        .anyMatch(
            line -> line.startsWith("| ncbi-disease, random | 2 | **6.0** [+6.0] (5.3, 13.0) |"));
  }

  /** Gaps are absolute before they are averaged by run: 82 and 90 are 4 off either way. */
  @Test
  void gapsOfRunsDoNotCancelOut() throws IOException {
    List<String> page = page(run(98, 82, 10), run(100, 90, 5));
    assertThat(below(page, "by run")).anyMatch(l -> l.contains("| **4.0** [+0.0] ("));
    assertThat(below(page, "by request")).anyMatch(l -> l.contains("| **0.0** [+0.0] ("));
  }

  @Test
  void aRequestsOwnTable() throws IOException {
    List<String> own = below(page(run(98, 90, 10), run(100, 94, 5)), "ncbi-disease, random");
    assertThat(own).contains("50 forgotten, 950 retained, 9 held out, 8 test examples.");
    String cell = " | 92.0 (6.0 ± 0.0)";
    assertThat(own).contains("| `default`" + cell.repeat(4) + " | 0.70 | 0.700 | 20 |");
    assertThat(own)
        .anyMatch(l -> l.startsWith("| original (gap: ceiling) | 99.0 (13.0 ± 0.0)"))
        .anyMatch(l -> l.startsWith("| retrained (gap: floor) | 86.0 (2.8 ± 0.0)"));
  }
}
