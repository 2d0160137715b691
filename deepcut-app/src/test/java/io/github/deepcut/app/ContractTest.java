package io.github.deepcut.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deepcut.model.folder.ModelFolder;
import io.github.deepcut.provenance.Fingerprint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What the command line promises: files, JSON and exit status. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ContractTest {
  private Tiny tiny;
  private Path model;
  private Path unlearned;
  private JsonNode report;
  private Map<String, String> before;

  @BeforeAll
  void unlearnOnce(@TempDir Path folder) throws IOException {
    tiny = Tiny.in(folder);
    model = tiny.tagger("model");
    before = prints(model);
    unlearned = tiny.path("unlearned");
    report =
        Cli.done(
                tiny.unlearn(
                    model, unlearned, "--retrain", "--keep-retrained", tiny.path("kept"), "--json"))
            .json();
  }

  @Test
  void theReportIsTheContractsObject() {
    assertThat(names(report))
        .containsExactly(
            "command",
            "method",
            "task",
            "seed",
            "examples",
            "metrics",
            "average_gap",
            "passes",
            "steps",
            "stopped_by",
            "siblings",
            "seconds",
            "verdict",
            "because",
            "out",
            "taken");
    assertThat(report.get("command").asText()).isEqualTo("unlearn");
    assertThat(report.get("examples").toString())
        .startsWith("{\"forget\":12,\"retain\":36,\"holdout\":48,\"test\":48,\"copies\":{");
    assertThat(names(report.get("metrics")))
        .contains("forget_f1", "retain_f1", "test_f1", "attack_auc", "js_divergence_forget");
    assertThat(names(report.get("metrics").get("test_f1")))
        .contains("original", "unlearned", "retrained", "gap", "n", "low", "high");
    assertThat(names(report.get("seconds")))
        .containsExactly("unlearn", "original", "retrain", "index");
    assertThat(report.get("seconds").get("index").asDouble()).isPositive();
    assertThat(report.get("verdict").asText()).isIn("forgotten", "not forgotten", "inconclusive");
    assertThat(report.get("out").asText()).isEqualTo(unlearned.toString());
  }

  @Test
  void theReportLiesBesideTheFolder() throws IOException {
    Path file = tiny.path("unlearned.report.json");
    assertThat(new com.fasterxml.jackson.databind.ObjectMapper().readTree(file.toFile()))
        .isEqualTo(report);
  }

  @Test
  void theInputIsUntouched() throws IOException {
    assertThat(prints(model)).isEqualTo(before);
  }

  @Test
  void onlyTensorValuesAndPapersDiffer() throws IOException {
    Map<String, String> after = prints(unlearned);
    assertThat(after.remove("certificate.json")).isNotNull();
    assertThat(after.keySet()).isEqualTo(before.keySet());
    for (String file : List.of("model.safetensors", "deepcut.json")) {
      assertThat(after.remove(file)).isNotEqualTo(before.get(file));
    }
    assertThat(before).containsAllEntriesOf(after);
    assertThat(ModelFolder.read(unlearned).tensors().toString())
        .isEqualTo(ModelFolder.read(model).tensors().toString());
  }

  /** But for the certificate, which tells when it was signed. */
  @Test
  void theSameSeedGivesTheSameFiles() throws IOException {
    Path again = tiny.path("again");
    Cli.done(tiny.unlearn(model, again));
    Map<String, String> once = prints(unlearned);
    Map<String, String> twice = prints(again);
    assertThat(once.remove("certificate.json")).isNotEqualTo(twice.remove("certificate.json"));
    assertThat(twice).isEqualTo(once);
    Path retrained = tiny.path("other");
    Cli.done(tiny.unlearn(model, retrained, "--seed", 2));
    assertThat(prints(retrained).get("model.safetensors"))
        .isNotEqualTo(once.get("model.safetensors"));
  }

  @Test
  void aGivenRetrainedModelMeasuresAsOneTrainedHere() throws IOException {
    JsonNode given =
        Cli.done(
                tiny.unlearn(model, tiny.path("given"), "--retrained", tiny.path("kept"), "--json"))
            .json();
    assertThat(given.get("metrics")).isEqualTo(report.get("metrics"));
    assertThat(given.get("seconds").get("retrain").isNull()).isTrue();
  }

  @Test
  void theOutputTrainsAndPredictsLikeAnyModel() throws IOException {
    JsonNode trained =
        Cli.done(
                "train",
                "--model",
                unlearned,
                "--data",
                tiny.path("train.conll"),
                "--task",
                "ner",
                "--out",
                tiny.path("further"),
                "--epochs",
                1,
                "--eval",
                tiny.path("test.conll"),
                "--json")
            .json();
    assertThat(names(trained))
        .containsExactly(
            "command",
            "task",
            "seed",
            "examples",
            "labels",
            "epochs",
            "steps",
            "loss",
            "eval",
            "seconds",
            "out");
    assertThat(trained.get("eval").get("f1").isNumber()).isTrue();
    JsonNode predicted =
        Cli.done("predict", "--model", tiny.path("further"), "--text", "ana has gout.", "--json")
            .json();
    JsonNode one = predicted.get("predictions").get(0);
    assertThat(one.get("text").asText()).isEqualTo("ana has gout.");
    one.get("entities")
        .forEach(
            e ->
                assertThat("ana has gout.".substring(e.get("start").asInt(), e.get("end").asInt()))
                    .isEqualTo(e.get("text").asText()));
  }

  @Test
  void aClassifierTellsLabelsWithProbabilities() throws IOException {
    Path classifier = tiny.classifier("classifier");
    Files.writeString(tiny.path("ask.txt"), "ana has gout\n\nbo has flu\n");
    JsonNode answers =
        Cli.done("predict", "--model", classifier, "--input", tiny.path("ask.txt"), "--json")
            .json()
            .get("predictions");
    assertThat(answers).hasSize(2);
    assertThat(answers.get(1).get("text").asText()).isEqualTo("bo has flu");
    assertThat(answers.get(0).get("label").asText()).isIn("good", "bad");
    assertThat(answers.get(0).get("probability").asDouble()).isBetween(0.5, 1.0);
  }

  @Test
  void everyCommandAnswersInJson() throws IOException {
    assertThat(Cli.done("--version", "--json").json().has("version")).isTrue();
    assertThat(Cli.done("methods", "--json").json().get("methods").has("deepcut")).isTrue();
    assertThat(Cli.done("methods").out().lines()).hasSize(21).allMatch(l -> l.contains("  "));
    assertThat(Cli.done("methods", "kga").out()).contains("arXiv 2305.06535", "\nalpha ");
    assertThat(Cli.run("methods", "kgb").status()).isEqualTo(2);
    assertThat(Cli.run("doctor", "--json").json().get("findings")).isNotEmpty();
    Cli failed = Cli.run("train", "--json");
    assertThat(failed.status()).isEqualTo(2);
    assertThat(failed.json().get("error").asText()).startsWith("Missing required options");
  }

  @Test
  void doctorSaysWhatCanUseAModel() {
    assertThat(Cli.done("doctor", "--model", unlearned.toString()).out())
        .contains(
            "ok    model: bert, ", "predict, audit, unlearn, siblings, train; its record says");
    Cli none = Cli.run("doctor", "--model", tiny.path("nothing").toString());
    assertThat(none.status()).isEqualTo(1);
    assertThat(none.out()).startsWith("fail  model: ").contains("no such directory");
  }

  /** Help, where a person sees it; a script with an empty variable must not go on. */
  @Test
  void withoutACommandThereIsHelp() {
    Cli alone = Cli.run();
    assertThat(alone.status()).isEqualTo(2);
    assertThat(alone.out()).isEmpty();
    assertThat(alone.err()).startsWith("Usage: deepcut").contains("unlearn", "doctor");
    assertThat(Cli.done("--help").out()).isEqualTo(alone.err());
  }

  @Test
  void otherMethodsAnswerAsDeepCutDoes() throws IOException {
    // retraining as a method and as the reference are one: no gap at all
    JsonNode again = other("retrain", "--retrain");
    assertThat(again.get("method").asText()).isEqualTo("retrain");
    assertThat(again.get("average_gap").asDouble()).isZero();
    assertThat(again.get("stopped_by").asText()).isEqualTo("epochs");
    JsonNode scrubbed = other("scrub", "--set", "passes=2");
    assertThat(scrubbed.get("passes").asInt()).isEqualTo(2);
    assertThat(scrubbed.get("steps").asInt()).isPositive();
  }

  private JsonNode other(String method, Object... more) throws IOException {
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
      "--eval",
      tiny.path("test.conll"),
      "--method",
      method,
      "--out",
      tiny.path(method),
      "--json"
    };
    return Cli.done(Stream.concat(Stream.of(usual), Stream.of(more)).toArray()).json();
  }

  @Test
  void peopleGetATableAndAVerdict() {
    Cli cli = Cli.done(tiny.unlearn(model, tiny.path("plain")));
    assertThat(cli.out()).contains("attack_auc", "unlearned in", "written to");
    assertThat(cli.err()).contains("forget 12 of the 48 examples");
  }

  private static List<String> names(JsonNode node) {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  /** The files of a folder with their SHA-256. */
  private static Map<String, String> prints(Path folder) throws IOException {
    Map<String, String> prints = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      files
          .filter(Files::isRegularFile)
          .forEach(f -> prints.put(folder.relativize(f).toString(), Fingerprint.of(f)));
    }
    return prints;
  }
}
