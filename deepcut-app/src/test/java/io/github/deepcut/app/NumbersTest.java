package io.github.deepcut.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Rates that ruin a model: nothing is written, and one line says why. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NumbersTest {
  private Tiny tiny;
  private Path model;

  @BeforeAll
  void train(@TempDir Path folder) throws IOException {
    tiny = Tiny.in(folder);
    model = tiny.path("model");
    Cli.done(
        "train",
        "--model",
        tiny.path("base"),
        "--data",
        tiny.path("train.conll"),
        "--task",
        "ner",
        "--out",
        model,
        "--epochs",
        12,
        "--lr",
        1e-2);
  }

  private Object[] unlearn(String out, Object... more) {
    Object[] usual = {
      "unlearn",
      "--model",
      model,
      "--data",
      tiny.path("train.conll"),
      "--forget",
      "patient = 'P-1'",
      "--holdout",
      tiny.path("holdout.conll"),
      "--out",
      tiny.path(out)
    };
    return Stream.concat(Stream.of(usual), Stream.of(more)).toArray();
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(tiny.folder())) {
      return all.sorted().toList();
    }
  }

  /** Fails with status 1 and one line, and leaves everything as it was. */
  private String refused(Object... args) throws IOException {
    List<Path> before = files();
    Cli cli = Cli.run(args);
    assertThat(cli.status()).as(cli.err()).isEqualTo(1);
    assertThat(files()).isEqualTo(before);
    assertThat(cli.out()).isEmpty();
    return cli.err().lines().filter(l -> l.startsWith("deepcut: ")).reduce("", String::concat);
  }

  @Test
  void aLossThatIsNoNumberEndsTheRun() throws IOException {
    String rate = "learning_rate=1e30";
    String lower = "; lower the learning rate \\(\\d\\.\\d+E\\d+\\)";
    assertThat(refused(unlearn("nan", "--set", "relative_rate=1e30")))
        .matches("deepcut: the run failed: step \\d+: .*(NaN|-?Infinity).*" + lower);
    assertThat(refused(unlearn("nan", "--method", "scrub", "--set", rate)))
        .matches("deepcut: the run failed: step \\d+: .*(NaN|-?Infinity|any more)" + lower);
  }

  /** At this rate all numbers stay finite, and nothing is left of the model. */
  @Test
  void aCollapseEndsTheRunWithOrWithoutTestData() throws IOException {
    Object[] wild = {"--method", "fine-tune", "--set", "learning_rate=10", "--set", "passes=1"};
    String line =
        "deepcut: the run failed: retain_f1 fell from (100|[89]\\d)\\.\\d to \\d+\\.\\d, beyond noise more than"
            + " 10 points: unlearning ruined the model, nothing is written; lower the learning rate or"
            + " passes \\(--set\\), or pass --allow-collapse";
    assertThat(refused(unlearn("ruin", wild))).matches(line);
    Object[] tested =
        Stream.concat(Stream.of(wild), Stream.of("--eval", tiny.path("test.conll"))).toArray();
    assertThat(refused(unlearn("ruin", tested))).matches(line);

    Cli allowed =
        Cli.done(
            unlearn(
                "allowed",
                Stream.concat(Stream.of(wild), Stream.of("--allow-collapse", "--json")).toArray()));
    assertThat(allowed.err()).contains("warning: retain_f1 fell from ");
    JsonNode retained = allowed.json().path("metrics").path("retain_f1");
    assertThat(retained.path("unlearned").asDouble())
        .isLessThan(retained.path("original").asDouble() - 10);
    assertThat(tiny.path("allowed")).isDirectory();
  }

  @Test
  void theDefaultRateIsNoCollapse() {
    Cli.done(unlearn("fine", "--set", "passes=1"));
  }

  /** The trial at that rate collapses, another is no number; both are told, and it goes on. */
  @Test
  void compareNotesWhatWentWrongAndGoesOn() throws IOException {
    Path spaces = tiny.path("spaces.json");
    Files.writeString(
        spaces,
        "{\"ner\": {\"fine-tune\": {\"learning_rate\": [10]}, \"scrub\": {\"learning_rate\": [1e30]}}}");
    Object[] compare = {
      "compare",
      "--model",
      model,
      "--data",
      tiny.path("train.conll"),
      "--forget",
      "patient = 'P-1'",
      "--holdout",
      tiny.path("holdout.conll"),
      "--eval",
      tiny.path("test.conll"),
      "--retrained",
      model,
      "--seeds",
      1,
      "--methods",
      "fine-tune,scrub",
      "--trials",
      2,
      "--search-spaces",
      spaces,
      "--out",
      tiny.path("grid")
    };
    Cli.done(compare);
    assertThat(trial("fine-tune-1").path("collapsed").asText()).startsWith("retain_f1 fell from ");
    assertThat(trial("fine-tune-1").path("metrics").path("retain_f1").path("gap").isNumber())
        .isTrue();
    assertThat(trial("scrub-1").path("failed").asText())
        .contains("; lower the learning rate (1.0E30)");
    assertThat(trial("scrub-0").path("collapsed").isNull()).isTrue();
  }

  private JsonNode trial(String name) throws IOException {
    return new ObjectMapper().readTree(tiny.path("grid/trials/" + name + ".json").toFile());
  }
}
