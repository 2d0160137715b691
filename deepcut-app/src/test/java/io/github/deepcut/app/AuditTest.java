package io.github.deepcut.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What {@code deepcut audit} promises: files, JSON and exit status. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuditTest {
  private Tiny tiny;
  private Path tagger;

  @BeforeAll
  void train(@TempDir Path folder) throws IOException {
    tiny = Tiny.in(folder);
    tagger = tiny.tagger("model");
  }

  private Object[] audit(Path model, String out, Object... more) {
    Object[] usual = {
      "audit",
      "--model",
      model,
      "--data",
      tiny.path("train.conll"),
      "--forget",
      "patient = 'P-1'",
      "--out",
      tiny.path(out)
    };
    return Stream.concat(Stream.of(usual), Stream.of(more)).toArray();
  }

  @Test
  void threeModelsStandBesideEachOther() throws IOException {
    Cli cli =
        Cli.run(
            audit(
                tagger,
                "three",
                "--original",
                tagger,
                "--retrained",
                tagger,
                "--eval",
                tiny.path("test.conll"),
                "--json"));
    assertThat(cli.status()).as(cli.err()).isEqualTo(3);
    JsonNode json = cli.json();
    assertThat(json.get("because").asText()).contains("this is the original");
    assertThat(json.get("command").asText()).isEqualTo("audit");
    assertThat(json.get("method").isNull()).isTrue();
    assertThat(json.get("examples").toString())
        .startsWith("{\"forget\":12,\"retain\":36,\"holdout\":0,\"test\":48,\"copies\":{");
    assertThat(json.at("/examples/copies/test").toString())
        .isEqualTo(
            "{\"forgotten\":{\"exact\":0,\"near\":0},\"retained\":{\"exact\":0,\"near\":0}}");
    assertThat(names(json.get("metrics")))
        .contains(
            "forget_f1",
            "attack_auc",
            "attack_margin_auc",
            "attack_loss_tpr_at_0.1_percent",
            "attack_mention_auc",
            "attack_entity_auc",
            "js_divergence_test",
            "mia_efficacy",
            "member_prediction_rate",
            "silhouette_forget",
            "neighbour_purity_forget",
            "probe_layer_1",
            "cka_layer_1",
            "int8_attack_auc",
            "fine_tuned_forget_f1",
            "relearn_steps");
    JsonNode auc = json.get("metrics").get("attack_auc");
    assertThat(auc.get("original")).isEqualTo(auc.get("retrained"));
    assertThat(auc.get("gap").asDouble()).isZero();
    assertThat(json.get("metrics").get("cka_layer_1").get("unlearned").asDouble())
        .isBetween(0.999, 1.001);
    assertThat(json.get("power").get("smallest_effect").asDouble()).isPositive();
    assertThat(json.get("thresholds").get("attack").asDouble()).isPositive();
    assertThat(names(json.get("meanings"))).isEqualTo(names(json.get("metrics")));
    assertThat(new ObjectMapper().readTree(tiny.path("three").resolve("audit.json").toFile()))
        .isEqualTo(json);
  }

  @Test
  void theRetrainedModelIsNotHeldAgainstItself() throws IOException {
    Path other = tiny.tagger("other", "--seed", 2);
    JsonNode json =
        Cli.done(
                audit(
                    other,
                    "itself",
                    "--original",
                    tagger,
                    "--retrained",
                    other,
                    "--quick",
                    "--json"))
            .json();
    assertThat(json.get("verdict").asText()).isEqualTo("inconclusive");
    assertThat(json.get("because").asText()).contains("this is the retrained model");
  }

  @Test
  void oneModelAloneTellsItsExposure() throws IOException {
    Cli cli = Cli.done(audit(tagger, "one", "--holdout", tiny.path("holdout.conll"), "--quick"));
    assertThat(cli.out())
        .contains("attack_auc", "50 is guessing", "headroom is unknown", "inconclusive");
    List<String> lines = Files.readAllLines(tiny.path("one").resolve("samples.csv"));
    assertThat(lines.get(0))
        .isEqualTo("id,part,model,loss,confidence,margin,entropy,modified_entropy");
    assertThat(lines).hasSize(1 + 12 + 48);
    assertThat(lines.get(1)).startsWith("12,forget,unlearned,-");
  }

  @Test
  void withoutUnseenDataThereIsNoVerdict() throws IOException {
    JsonNode json = Cli.done(audit(tagger, "none", "--quick", "--json")).json();
    assertThat(json.get("verdict").asText()).isEqualTo("inconclusive");
    assertThat(json.get("because").asText()).contains("neither --eval nor --holdout");
    assertThat(json.get("power").isNull()).isTrue();
    assertThat(json.get("metrics").get("forget_f1").get("unlearned").isNumber()).isTrue();
  }

  @Test
  void whatIsRememberedIsExitStatusThree() throws IOException {
    Path data = tiny.path("labels.jsonl");
    Path unseen = tiny.path("unseen.jsonl");
    Files.writeString(data, texts(0, "good", "bad"));
    Files.writeString(unseen, texts(60, "bad", "good"));
    Cli cli = audit(labels("labels", data), data, 40, unseen, "known");
    assertThat(cli.status()).as(cli.err()).isEqualTo(3);
    assertThat(cli.json().get("verdict").asText()).isEqualTo("not forgotten");
    assertThat(tiny.path("known").resolve("audit.json")).exists();
  }

  /** The model was trained on these very 200 samples, and on others of their kind it is as sure. */
  @Test
  void thatNothingWasFoundIsNotForgetting() throws IOException {
    Path data = tiny.path("alike.jsonl");
    Path unseen = tiny.path("alike-unseen.jsonl");
    Files.writeString(data, notes(0, 300));
    Files.writeString(unseen, notes(300, 800));
    Cli cli = audit(labels("alike", data), data, 200, unseen, "nothing-found");
    assertThat(cli.status()).as(cli.err()).isZero();
    assertThat(cli.json().get("verdict").asText()).isEqualTo("inconclusive");
    assertThat(cli.json().get("because").asText())
        .contains(
            "on 200 forgotten samples, gives an AUC of",
            "nobody knows what there was to find",
            "200 forgotten samples against 500 unseen ones");
    assertThat(Files.readString(tiny.path("nothing-found").resolve("report.html")))
        .contains("pill inconclusive", "That nothing was found shows nothing")
        .doesNotContain("This model treats", "pill forgotten");
  }

  /**
   * Of all notes with a name and five ills, in an order drawn once, those from {@code first} on.
   */
  private static String notes(int first, int end) {
    List<String> ills = List.of("asthma", "gout", "flu", "rash");
    List<Integer> all = new ArrayList<>(IntStream.range(0, 1024).boxed().toList());
    Collections.shuffle(all, new Random(3));
    StringBuilder out = new StringBuilder();
    for (int i : all.subList(first, end)) {
      String text = i % 3 == 0 ? "ana has" : "bo has";
      for (int k = 0; k < 5; k++) {
        text += " " + ills.get((i >> (2 * k)) & 3);
      }
      String label = i % 3 == 0 ? "good" : "bad";
      out.append("{\"text\": \"%s\", \"label\": \"%s\"}%n".formatted(text, label));
    }
    return out.toString();
  }

  private Path labels(String name, Path data) {
    Path model = tiny.path(name);
    Cli.done(
        "train",
        "--model",
        tiny.path("base"),
        "--data",
        data,
        "--task",
        "classify",
        "--out",
        model,
        "--epochs",
        10,
        "--lr",
        1e-2);
    return model;
  }

  /** Of the first {@code n} samples. */
  private Cli audit(Path model, Path data, int n, Path unseen, String out) throws IOException {
    Path ids = tiny.path(out + ".ids");
    Files.writeString(ids, String.join("\n", IntStream.range(0, n).mapToObj(i -> "" + i).toList()));
    return Cli.run(
        "audit",
        "--model",
        model,
        "--data",
        data,
        "--forget-ids",
        ids,
        "--eval",
        unseen,
        "--out",
        tiny.path(out),
        "--quick",
        "--json");
  }

  @Test
  void modelsOfOtherLabelsAreRefused() {
    Path other = tiny.classifier("classifier");
    Cli cli = Cli.run(audit(tagger, "refused", "--original", other));
    assertThat(cli.status()).isEqualTo(2);
    assertThat(cli.err()).contains("does classify with the labels");
    assertThat(tiny.path("refused")).doesNotExist();
  }

  /** 60 texts of names of two kinds, each with its label; the numbers keep them apart. */
  private static String texts(int from, String ana, String bo) {
    StringBuilder out = new StringBuilder();
    for (int i = from; i < from + 60; i++) {
      boolean first = i % 2 == 0;
      out.append(
          "{\"text\": \"%s has flu %d\", \"label\": \"%s\"}%n"
              .formatted(first ? "ana" : "bo", i, first ? ana : bo));
    }
    return out.toString();
  }

  private static List<String> names(JsonNode node) {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
