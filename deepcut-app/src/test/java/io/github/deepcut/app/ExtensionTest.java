package io.github.deepcut.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.FineTunedModel;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The examples of extensions outside the project, as a jar of their own beside the program. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExtensionTest {
  private static final Path EXAMPLE = Path.of("../examples/forget-margin");

  @TempDir private static Path folder;
  private Path jar;
  private Tiny tiny;
  private Path holdout;

  private record Said(int status, String out, String err) {}

  @BeforeAll
  void build() throws IOException {
    Path classes = folder.resolve("classes");
    jar = folder.resolve("forget-margin.jar");
    List<String> compile = new ArrayList<>(List.of("-d", classes.toString(), "-cp", classPath()));
    try (Stream<Path> sources = Files.walk(EXAMPLE)) {
      sources.map(Path::toString).filter(f -> f.endsWith(".java")).forEach(compile::add);
    }
    tool("javac", compile);
    List<String> pack =
        List.of("--create", "--file", jar.toString(), "-C", classes.toString(), ".");
    tool(
        "jar",
        Stream.concat(pack.stream(), Stream.of("-C", EXAMPLE.toString(), "META-INF")).toList());
    tiny = Tiny.in(folder);
    tiny.tagger("model");
    holdout = tiny.path("holdout.conll");
  }

  private static String classPath() {
    return System.getProperty("java.class.path");
  }

  private static void tool(String name, List<String> args) {
    int status =
        ToolProvider.findFirst(name)
            .orElseThrow()
            .run(System.out, System.err, args.toArray(String[]::new));
    assertThat(status).as(name).isZero();
  }

  /** The command in a process of its own, with the jar on its class path. */
  private static Said deepcut(String classPath, Object... args) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", classPath, Main.class.getName()));
    Stream.of(args).map(Object::toString).forEach(command::add);
    File out = Files.createTempFile(folder, "out", "").toFile();
    File err = Files.createTempFile(folder, "err", "").toFile();
    Process process = new ProcessBuilder(command).redirectOutput(out).redirectError(err).start();
    int status = process.waitFor();
    return new Said(status, Files.readString(out.toPath()), Files.readString(err.toPath()));
  }

  private String withJar() {
    return classPath() + File.pathSeparator + jar;
  }

  @Test
  void itIsListedWithItsSettings() throws Exception {
    assertThat(deepcut(withJar(), "methods").out())
        .contains("forget-margin", "brings each forgotten item's class below");
    assertThat(deepcut(withJar(), "methods", "forget-margin").out())
        .contains("\nmargin", "\nweight", "\nbatch_size");
    assertThat(deepcut(classPath(), "methods").out()).doesNotContain("forget-margin");
  }

  private Object[] unlearn(Path out, Object... more) {
    Object[] usual = {
      "unlearn",
      "--model",
      tiny.path("model"),
      "--data",
      tiny.path("train.conll"),
      "--forget",
      "patient = 'P-2'",
      "--allow-collapse",
      "--out",
      out
    };
    return Stream.concat(Stream.of(usual), Stream.of(more)).toArray();
  }

  private static JsonNode json(Path file) throws IOException {
    return new ObjectMapper().readTree(file.toFile());
  }

  private static void refused(Said said, String because) {
    assertThat(said.status()).isEqualTo(2);
    assertThat(said.err().lines().toList()).last().asString().contains(because);
  }

  @Test
  void itForgetsByItsName() throws Exception {
    Path out = folder.resolve("forgotten");
    Object[] unlearn =
        unlearn(out, "--holdout", holdout, "--method", "forget-margin", "--set", "margin=2");
    Said said = deepcut(withJar(), unlearn);
    assertThat(said.status()).as(said.err()).isZero();
    FineTunedModel.open(out).close();
    JsonNode how = json(out.resolve("deepcut.json")).path("unlearning");
    assertThat(how.path("method").asText()).isEqualTo("forget-margin");
    assertThat(how.path("settings").path("margin").asDouble()).isEqualTo(2);
    refused(deepcut(classPath(), unlearn), "forget-margin: no such method");
  }

  @Test
  void itsRuleStopsByItsName() throws Exception {
    Path out = folder.resolve("stopped");
    Object[] unlearn =
        unlearn(
            out,
            "--holdout",
            holdout,
            "--method",
            "gradient-ascent",
            "--set",
            "learning_rate=1e-3",
            "--set",
            "stop=loss-parity");
    Said said = deepcut(withJar(), unlearn);
    assertThat(said.status()).as(said.err()).isZero();
    JsonNode how = json(out.resolve("deepcut.json")).path("unlearning");
    assertThat(how.path("stop").asText()).isEqualTo("loss-parity");
    assertThat(how.path("stoppedBy").asText()).startsWith("loss parity (forget ");
    assertThat(how.path("passes").asInt()).isBetween(1, 9); // of 10
    Object[] replay = {
      "verify",
      out.resolve("certificate.json"),
      "--model",
      out,
      "--data",
      tiny.path("train.conll"),
      "--replay"
    };
    assertThat(deepcut(withJar(), replay).out()).contains("every tensor is the same");
    refused(
        deepcut(classPath(), replay),
        "--replay: there is no stop rule loss-parity, by which the certified run stopped; there are"
            + " indistinguishable, paper, class, never");
  }

  @Test
  void anUnknownRuleIsToldWhatThereIs() throws Exception {
    Path out = folder.resolve("none");
    refused(
        deepcut(withJar(), unlearn(out, "--set", "stop=soon")),
        "--set stop=soon: expected indistinguishable, paper, class, never or loss-parity");
    refused(
        deepcut(withJar(), unlearn(out, "--set", "stop=loss-parity")),
        "stop=loss-parity needs --holdout FILE");
    assertThat(deepcut(withJar(), "methods", "kga").out())
        .contains("stop=loss-parity: the mean loss on D_f is no lower than on held-out data");
  }

  private Object[] audit(Path out, Object... more) {
    Object[] usual = {
      "audit",
      "--model",
      tiny.path("model"),
      "--retrained",
      tiny.path("retrained"),
      "--data",
      tiny.path("train.conll"),
      "--forget",
      "patient = 'P-0'",
      "--eval",
      tiny.path("test.conll"),
      "--quick",
      "--out",
      out
    };
    return Stream.concat(Stream.of(usual), Stream.of(more)).toArray();
  }

  @Test
  void itsAttackStandsBesideOursAndDecidesNothing() throws Exception {
    tiny.tagger("retrained", "--seed", 2);
    Path with = folder.resolve("with");
    Path without = folder.resolve("without");
    Said said = deepcut(withJar(), audit(with, "--attack", "brier"));
    assertThat(said.status()).as(said.err()).isIn(0, 3);
    String meaning =
        "the same by the Brier score instead of loss; an attack from outside, which the verdict"
            + " leaves out";
    assertThat(said.out()).contains("attack_brier_auc", meaning);
    assertThat(Files.readString(with.resolve("report.html"))).contains(meaning.substring(4));
    assertThat(Files.readString(with.resolve("csv/metrics.csv"))).contains("\nattack_brier_auc,");
    assertThat(Files.readString(with.resolve("samples.csv"))).contains(",modified_entropy,brier\n");
    assertThat(deepcut(withJar(), audit(without)).status()).isEqualTo(said.status());
    ObjectNode all = (ObjectNode) json(with.resolve("report.json"));
    List<String> its = List.of("auc", "tpr_at_0.1_percent", "tpr_at_1_percent", "tpr_at_5_percent");
    ObjectNode metrics = (ObjectNode) all.get("metrics");
    its.forEach(name -> assertThat(metrics.remove("attack_brier_" + name)).as(name).isNotNull());
    ObjectNode ours = (ObjectNode) json(without.resolve("report.json"));
    Stream.of(all, ours).forEach(report -> report.remove("out"));
    String undefined = "; attack_brier_[^;]* is undefined: [^;]*"; // told, as of all metrics
    assertThat(all.remove("because").asText().replaceAll(undefined, ""))
        .isEqualTo(ours.remove("because").asText());
    assertThat(all).isEqualTo(ours);
  }

  @Test
  void anUnknownAttackIsToldWhatThereIs() throws Exception {
    Object[] audit = audit(folder.resolve("none"), "--attack", "rank");
    refused(deepcut(withJar(), audit), "--attack rank: no such attack");
    refused(deepcut(withJar(), audit), "there is brier");
    refused(deepcut(classPath(), audit), "there is none");
  }
}
