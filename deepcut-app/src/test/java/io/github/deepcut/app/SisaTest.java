package io.github.deepcut.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.deepcut.provenance.Fingerprint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Ensembles from the command line: train, predict, unlearn, verify, audit. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SisaTest {
  private Tiny tiny;
  private Path ensemble;
  private JsonNode trained;

  @BeforeAll
  void trainOnce(@TempDir Path folder) throws IOException {
    tiny = Tiny.in(folder);
    ensemble = tiny.path("ensemble");
    trained = Cli.done(train("--shards", 3, "--slices", 2, "--out", ensemble, "--json")).json();
    tiny.tagger("one");
  }

  private Object[] train(Object... more) {
    Object[] usual = {
      "train",
      "--model",
      tiny.path("base"),
      "--data",
      tiny.path("train.conll"),
      "--task",
      "ner",
      "--epochs",
      3,
      "--lr",
      3e-3
    };
    return Stream.concat(Stream.of(usual), Stream.of(more)).toArray();
  }

  private Object[] unlearn(Path model, Object... more) {
    Object[] usual = {
      "unlearn",
      "--model",
      model,
      "--data",
      tiny.path("train.conll"),
      "--eval",
      tiny.path("test.conll"),
      "--forget",
      "position = 7"
    };
    return Stream.concat(Stream.of(usual), Stream.of(more)).toArray();
  }

  @Test
  void trainingWritesAModelForEachSliceAndAManifest() throws IOException {
    assertThat(trained.get("shards").asInt()).isEqualTo(3);
    assertThat(trained.get("slices").asInt()).isEqualTo(2);
    // 2 * 3 / 3 = 2 epochs for each of 2 slices of 3 shards
    assertThat(trained.get("epochs").asInt()).isEqualTo(12);
    assertThat(names(ensemble))
        .containsExactly("deepcut.json", "ensemble.json", "shard-1", "shard-2", "shard-3");
    assertThat(names(ensemble.resolve("shard-2"))).containsExactly("slice-1", "slice-2");
    JsonNode manifest = new ObjectMapper().readTree(ensemble.resolve("ensemble.json").toFile());
    assertThat(manifest.get("format").asInt()).isEqualTo(1);
    assertThat(manifest.get("task").asText()).isEqualTo("ner");
    assertThat(manifest.get("recipe").get("seed").asInt()).isEqualTo(1);
    assertThat(manifest.get("shards").get(2).get(1)).hasSize(8); // 48 / (3 * 2)
    Path again = tiny.path("again");
    Cli.done(train("--shards", 3, "--slices", 2, "--out", again));
    assertThat(print(again.resolve("shard-3/slice-2")))
        .isEqualTo(print(ensemble.resolve("shard-3/slice-2")));
  }

  @Test
  void anEnsemblePredictsAsAnyModel() throws IOException {
    Object[] ask = {"predict", "--model", ensemble, "--text", "ana has gout .", "--json"};
    JsonNode said = Cli.done(ask).json();
    assertThat(said.get("predictions").get(0).get("text").asText()).isEqualTo("ana has gout .");
    assertThat(said.get("predictions").get(0).get("entities").isArray()).isTrue();
  }

  @Test
  void aModelOfItIsAModelLikeAnyOther() {
    Cli.done("predict", "--model", ensemble.resolve("shard-1/slice-2"), "--text", "ana has flu");
  }

  @Test
  void oneShardIsTrainedAgainAndAllIsMeasuredAndCertified() throws IOException {
    Path out = tiny.path("out");
    Object[] args =
        unlearn(ensemble, "--method", "sisa", "--retrained", tiny.path("one"), "--out", out);
    JsonNode report =
        Cli.done(Stream.concat(Stream.of(args), Stream.of("--json")).toArray()).json();
    assertThat(report.get("stopped_by").asText())
        .isEqualTo("the end of training 1 of 3 shards again");
    assertThat(report.get("examples").get("forget").asInt()).isEqualTo(1);
    assertThat(report.get("metrics").get("test_f1").get("gap").isNumber()).isTrue();
    assertThat(Stream.of(1, 2, 3).filter(k -> same(out, "shard-" + k + "/slice-2"))).hasSize(2);
    assertThat(Files.readString(out.resolve("ensemble.json"))).doesNotContain("\"7\"");
    Object[] verify = {
      "verify",
      out.resolve("certificate.json"),
      "--model",
      out,
      "--original",
      ensemble,
      "--replay",
      "--data",
      tiny.path("train.conll")
    };
    assertThat(Cli.done(verify).out()).contains("every tensor is the same to the last bit");
    assertThat(Cli.done("lineage", out).out()).contains("unlearned by sisa", "as recorded");
    Object[] twice = unlearn(out, "--method", "sisa", "--out", tiny.path("twice"));
    assertThat(Cli.run(twice).err()).contains("holds 0 of the rows to forget");
  }

  private boolean same(Path out, String slice) {
    return print(out.resolve(slice)).equals(print(ensemble.resolve(slice)));
  }

  @Test
  void anEnsembleCanBeAuditedAndBeTheRetrainedModel() {
    assertThat(Cli.run(audit(tiny.path("audit"), "--retrained", tiny.path("one"))).status())
        .isIn(0, 3);
    Cli.done(tiny.unlearn(tiny.path("one"), tiny.path("other"), "--retrained", ensemble));
  }

  private Object[] audit(Path out, Object... more) {
    Object[] usual = {
      "audit",
      "--model",
      ensemble,
      "--data",
      tiny.path("train.conll"),
      "--forget",
      "patient = 'P-1'",
      "--eval",
      tiny.path("test.conll"),
      "--out",
      out
    };
    return Stream.concat(Stream.of(usual), Stream.of(more)).toArray();
  }

  @Test
  void whatDoesNotGoTogetherIsRefusedInOneLine() {
    Path x = tiny.path("x");
    refused(unlearn(tiny.path("one"), "--method", "sisa", "--out", x), "sisa is for an ensemble");
    refused(
        unlearn(ensemble, "--method", "fine-tune", "--out", x),
        "ensemble is an ensemble, and fine-tune changes one model: use the method sisa");
    refused(
        unlearn(ensemble, "--method", "sisa", "--retrain", "--out", x),
        "--retrain: what sisa gives is, bit for bit, the ensemble retrained");
    refused(unlearn(ensemble, "--method", "sisa", "--out", tiny.path("one")), "one exists: choose");
    refused(train("--shards", 0, "--out", x), "shards is 0, expected >= 1");
    refused(train("--shards", 2, "--slices", 0, "--out", x), "slices is 0, expected >= 1");
    refused(
        train("--shards", 50, "--slices", 1, "--out", x),
        "train.conll has 48 rows, too few for 50 shards of 1 slices");
    refused(
        train("--shards", 2, "--slices", 9, "--out", x),
        "epochs is 3, expected >= 5: they are shared out among 9 slices");
    refused(train("--slices", 2, "--out", x), "--slices needs --shards");
    refused(
        train("--shards", 2, "--eval", tiny.path("test.conll"), "--out", x),
        "give --eval or --shards, not both");
    refused(train("--shards", 2, "--resume", "--out", x), "--resume: the training of an ensemble");
    refused(
        unlearn(ensemble, "--method", "sisa", "--resume", "--out", x),
        "--resume: the unlearning of an ensemble keeps no state");
    refused(
        audit(x, "--shadows", 2, "--cache", tiny.path("cache")),
        "ensemble is an ensemble, which is not trained as one model is");
    refused(train("--shards", 2, "--out", ensemble), "ensemble exists: choose");
    Object[] further = {
      "train", "--model", ensemble, "--data", tiny.path("train.conll"), "--task", "ner", "--out", x
    };
    refused(further, "ensemble is an ensemble: start from one of the models in its folder");
    refused(compare(tiny.path("one"), "ssd,sisa"), "it cannot join a comparison of one original");
    refused(compare(ensemble, "ssd"), "there is nothing to compare");
    assertThat(x).doesNotExist();
  }

  private Object[] compare(Path model, String methods) {
    return new Object[] {
      "compare",
      "--model",
      model,
      "--data",
      tiny.path("train.conll"),
      "--forget",
      "patient = 'P-1'",
      "--methods",
      methods,
      "--holdout",
      tiny.path("holdout.conll"),
      "--eval",
      tiny.path("test.conll"),
      "--out",
      tiny.path("x")
    };
  }

  private static void refused(Object[] args, String why) {
    Cli cli = Cli.run(args);
    assertThat(cli.status()).as(cli.err()).isEqualTo(2);
    assertThat(cli.err().lines().filter(line -> line.startsWith("deepcut: ")))
        .as(cli.err())
        .singleElement()
        .asString()
        .contains(why);
    assertThat(cli.err()).doesNotContain("\tat ");
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  private static String print(Path model) {
    return Fingerprint.ofModel(model);
  }
}
