package io.github.deepcut.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.deepcut.report.figure.LossHistograms;
import io.github.deepcut.report.figure.LossHistograms.Counts;
import io.github.deepcut.report.figure.LossHistograms.Losses;
import io.github.deepcut.report.figure.ModelRole;
import io.github.deepcut.report.figure.Part;
import io.github.deepcut.report.page.ReportFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditFilesTest {
  private static final AuditReport EXAMPLE = new ExampleReport().report();

  @Test
  void csvColumnsKeepTheirOrder() {
    Map<String, String> files = AuditCsv.of(EXAMPLE);
    String row =
        "name,metric,unit,original,unlearned,retrained,gap,gap_low,gap_high,n,low,high,floor,ceiling";
    assertThat(header(files, "metrics.csv")).isEqualTo(row);
    assertThat(header(files, "classes.csv")).isEqualTo(row);
    assertThat(header(files, "losses.csv")).isEqualTo("model,from,to,forgotten,unseen");
    assertThat(header(files, "roc.csv")).isEqualTo("model,fpr,tpr,low,high");
    assertThat(header(files, "projection.csv")).isEqualTo("model,group,pass,id,x,y");
    assertThat(header(files, "relearning.csv")).isEqualTo("model,step,loss,low,high");
    assertThat(header(files, "worst.csv"))
        .isEqualTo("id,label,text,original,unlearned,retrained,above");
    assertThat(files)
        .hasSize(7)
        .allSatisfy((name, text) -> assertThat(text.lines().count()).isGreaterThan(5));
  }

  private static String header(Map<String, String> files, String name) {
    return files.get(name).lines().findFirst().orElseThrow();
  }

  @Test
  void csvQuotesAndDisarms() {
    Csv csv = new Csv("a", "b").line("x,y", "say \"hi\"\nthere").line("=1+1", null).line(-1.5, 2L);
    assertThat(csv.toString())
        .isEqualTo("a,b\r\n\"x,y\",\"say \"\"hi\"\"\nthere\"\r\n'=1+1,\r\n-1.5,2\r\n");
  }

  @Test
  void jsonHoldsTheRunAndTheFigures() {
    JsonNode json = new AuditJson(new ObjectMapper()).of(EXAMPLE);
    assertThat(json.get("command").asText()).isEqualTo("audit");
    assertThat(json.at("/metrics/attack_auc/n").asInt()).isEqualTo(150);
    assertThat(json.at("/figures/losses/models")).hasSize(3);
    assertThat(json.at("/figures/roc/0/model").asText()).isEqualTo("original");
    assertThat(json.at("/figures/projection/paths/0/places")).hasSize(3);
    assertThat(json.at("/figures/relearning/target").asDouble()).isEqualTo(0.012);
    assertThat(json.at("/figures/worst/0/label").asText()).isEqualTo("transfer");
    assertThat(json.at("/method_record/0/value").asText()).isEqualTo("deepcut");
    assertThat(json.at("/provenance/0/name").asText()).isEqualTo("Model");
  }

  @Test
  void missingPartsSayWhy() {
    AuditReport.Figures f = EXAMPLE.figures();
    AuditReport without =
        new AuditReport(
            EXAMPLE.run(),
            new AuditReport.Figures(
                Part.missing("Not measured."),
                f.roc(),
                f.projection(),
                f.classes(),
                f.relearning(),
                f.worst()),
            Part.missing("Not known."),
            List.of());
    JsonNode json = new AuditJson(new ObjectMapper()).of(without);
    assertThat(json.at("/figures/losses/missing").asText()).isEqualTo("Not measured.");
    assertThat(json.at("/method_record/missing").asText()).isEqualTo("Not known.");
    assertThat(AuditCsv.of(without))
        .containsEntry("losses.csv", "model,from,to,forgotten,unseen\r\n");
    assertThatThrownBy(() -> Part.missing(" ")).hasMessageContaining("needs a reason");
  }

  /** 24 bins from 1e-4 to 1e2, so each a quarter of a decade: 1e-3 opens bin 4, 1 opens bin 16. */
  @Test
  void histogramsCountEachSampleOnce() {
    double[] forgotten = {0, 1e-5, 1.01e-3, 1.01, 100, Double.POSITIVE_INFINITY};
    Counts counts =
        LossHistograms.of(List.of(new Losses(ModelRole.UNLEARNED, forgotten, new double[] {1.01})))
            .models()
            .get(0);
    assertThat(counts.forgotten()).hasSize(24);
    assertThat(counts.forgotten().get(0)).isEqualTo(2);
    assertThat(counts.forgotten().get(4)).isEqualTo(1);
    assertThat(counts.forgotten().get(16)).isEqualTo(1);
    assertThat(counts.forgotten().get(23)).isEqualTo(2);
    assertThat(counts.unseen().stream().mapToLong(n -> n).sum()).isEqualTo(1);
  }

  @Test
  void writesAllFiles(@TempDir Path folder) throws Exception {
    ReportFiles.write(EXAMPLE, folder);
    try (Stream<Path> files = Files.walk(folder)) {
      assertThat(files.filter(Files::isRegularFile).map(f -> folder.relativize(f).toString()))
          .contains("report.html", "report.json")
          .hasSize(9);
    }
  }
}
