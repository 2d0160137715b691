package io.github.deepcut.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.deepcut.Audit;
import io.github.deepcut.Erased;
import io.github.deepcut.Erasure;
import io.github.deepcut.FineTunedModel;
import io.github.deepcut.Methods;
import io.github.deepcut.data.Dataset;
import io.github.deepcut.data.ForgetRequest;
import io.github.deepcut.data.ForgetSplit;
import io.github.deepcut.data.Task;
import io.github.deepcut.data.Unseen;
import io.github.deepcut.data.read.DatasetReader;
import io.github.deepcut.report.ThreeModels;
import io.github.deepcut.report.figure.Projection;
import io.github.deepcut.run.Progress;
import io.github.deepcut.run.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What {@code deepcut audit} writes for people. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReportTest {
  private static final String WORDS = " has (asthma|gout|flu|rash) \\d+ \\.";

  private Tiny tiny;
  private Path tagger;

  @BeforeAll
  void train(@TempDir Path folder) throws Exception {
    tiny = Tiny.in(folder);
    tagger = tiny.tagger("model");
  }

  private Path audit(String out, Object... more) {
    Object[] usual = {
      "audit",
      "--model",
      tagger,
      "--data",
      tiny.path("train.conll"),
      "--forget",
      "patient = 'P-1'",
      "--out",
      tiny.path(out)
    };
    Cli.run(Stream.concat(Stream.of(usual), Stream.of(more)).toArray());
    return tiny.path(out);
  }

  @Test
  void theReportHasEverythingThatWasFound() throws Exception {
    Path out =
        audit(
            "full", "--original", tagger, "--retrained", tagger, "--eval", tiny.path("test.conll"));
    String page = Files.readString(out.resolve("report.html"));
    for (String kind : List.of("losses", "roc", "latent", "classes", "relearning")) {
      assertThat(page).contains("data-chart=\"" + kind + "\"");
    }
    JsonNode json = new ObjectMapper().readTree(out.resolve("report.json").toFile());
    assertThat(json.at("/figures/losses/models")).hasSize(3);
    assertThat(json.at("/figures/projection/points")).hasSize(3 * 48);
    assertThat(json.at("/figures/relearning/curves/0/points")).hasSize(50);
    assertThat(json.at("/figures/classes").findValuesAsText("name"))
        .containsExactlyInAnyOrder("ILL", "NAME");
    assertThat(json.at("/figures/worst")).hasSize(12);
    assertThat(json.at("/figures/worst/0/text").isNull()).isTrue();
    assertThat(page.replaceAll(WORDS, "")).isEqualTo(page); // no text of any sample
    assertThat(Files.readString(out.resolve("csv/worst.csv"))).doesNotContainPattern(WORDS);
  }

  @Test
  void showsTextsIfAskedTo() throws Exception {
    Path out = audit("shown", "--quick", "--show-text", "--eval", tiny.path("test.conll"));
    assertThat(Files.readString(out.resolve("report.html"))).containsPattern(WORDS);
  }

  @Test
  void withoutUnseenDataItSaysSo() throws Exception {
    String page = Files.readString(audit("alone", "--quick").resolve("report.html"));
    assertThat(page).contains("--eval names them", "The models were not trained on.");
    assertThat(page).doesNotContain("data-chart=\"roc\"").contains("data-chart=\"latent\"");
  }

  /** A path has a station before the first pass and one after each pass that was kept. */
  @Test
  void pathsLeadOverThePasses() {
    Run run = new Run(1, InstantSource.system(), Progress.silent());
    Dataset test = DatasetReader.read(tiny.path("test.conll"), Task.NER).dataset();
    ForgetSplit split =
        new ForgetRequest.Where("patient = 'P-1'")
            .split(DatasetReader.read(tiny.path("train.conll"), Task.NER));
    Map<String, String> settings = Map.of("passes", "2", "stop", "never");
    Methods.Choice choice = Methods.create("deepcut-paper", Task.NER, settings);
    List<double[][]> passes = new ArrayList<>();
    try (FineTunedModel model = FineTunedModel.open(tagger);
        Erased erased =
            new Erasure(model, split, Unseen.of(split, Optional.empty(), Optional.of(test)))
                .unlearn(choice.method(), choice.stop(), run, passes)) {
      assertThat(passes).hasSize(erased.how().passes() + 1).hasSizeGreaterThan(1);
      Projection drawn =
          new Audit(new ThreeModels<>(Optional.of(model), model, Optional.empty()), split, test)
              .outcome(false, "out", passes, run)
              .figures()
              .projection()
              .found()
              .orElseThrow();
      Projection.Path path = drawn.paths().get(0);
      Projection.Point start = drawn.points().get(0);
      assertThat(path.places()).hasSize(passes.size());
      assertThat(path.places().get(0)).isEqualTo(new Projection.Place(start.x(), start.y()));
      assertThat(path.places().get(1)).isNotEqualTo(path.places().get(0));
    }
  }
}
