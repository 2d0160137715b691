package io.github.deepcut.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.app.progress.LineProgress;
import io.github.deepcut.app.progress.TerminalProgress;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Names and texts that try to pass for what the program says itself, in every command. All files
 * lie in a folder with such a name, so that whatever names a file is tried.
 */
@DisabledOnOs(OS.WINDOWS) // its file names cannot be that hostile
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileTextTest {
  /** A line of its own, a cleared screen, a turned direction, an unseen character. */
  private static final String EVIL = "x\nforged line\r\u001b[2J\u009b1m\u202e\u2028\u200b";

  private static final String SHOWN = "x\\nforged line\\r\\u001b[2J\\u009b1m\\u202e\\u2028\\u200b";

  private Tiny tiny;
  private Path model;

  @BeforeAll
  void train(@TempDir Path folder) throws IOException {
    tiny = Tiny.in(Files.createDirectory(folder.resolve(EVIL)));
    model = tiny.tagger("model");
  }

  /** What a command said: nothing that a terminal would act upon, and no forged line. */
  private static Cli clean(int status, Object... args) {
    Cli cli = Cli.run(args);
    assertThat(cli.status()).as(cli.out() + cli.err()).isEqualTo(status);
    clean(cli.out() + cli.err());
    return cli;
  }

  private static void clean(String all) {
    assertThat(all).doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}&&[^\\n]]");
    assertThat(all.lines()).noneMatch(line -> line.startsWith("forged line"));
  }

  @Test
  void unlearningVerifyingLineageAuditAndComparison() {
    Path out = tiny.path("out");
    Cli unlearned = clean(0, tiny.unlearn(model, out, "--retrain"));
    assertThat(unlearned.out()).contains(SHOWN);
    Path certificate = out.resolve("certificate.json");
    Path data = tiny.path("train.conll");
    clean(0, "verify", certificate, "--model", out, "--replay", "--data", data);
    clean(1, "verify", certificate, "--model", model);
    assertThat(clean(0, "lineage", out).out()).contains(SHOWN);
    clean(0, "lineage", out, "--json");
    String forget = "patient = 'P-1' or\n patient = '\u001b[2J'";
    Object[] audit = {
      "audit",
      "--model",
      out,
      "--original",
      model,
      "--data",
      data,
      "--forget",
      forget,
      "--eval",
      tiny.path("test.conll"),
      "--quick",
      "--out",
      tiny.path("audit")
    };
    Cli audited = Cli.run(audit);
    assertThat(audited.status()).as(audited.err()).isIn(0, 3);
    clean(audited.out() + audited.err());
    assertThat(audited.out()).contains(SHOWN);
    clean(
        0,
        "compare",
        "--model",
        model,
        "--data",
        data,
        "--forget",
        forget,
        "--methods",
        "gradient-ascent",
        "--seeds",
        1,
        "--holdout",
        tiny.path("holdout.conll"),
        "--eval",
        tiny.path("test.conll"),
        "--out",
        tiny.path("grid"));
  }

  @Test
  void predictionsOfTextsAndLabels() throws IOException {
    ObjectMapper json = new ObjectMapper();
    assertThat(clean(0, "predict", "--model", model, "--text", "ana " + EVIL).out())
        .contains("ana " + SHOWN);
    clean(0, "predict", "--model", model, "--text", "ana " + EVIL, "--json");
    Path asked = tiny.path("ask.jsonl");
    ObjectNode tokens = json.createObjectNode();
    tokens.putArray("tokens").add("ana").add(EVIL);
    Files.writeString(asked, tokens + "\n");
    assertThat(clean(0, "predict", "--model", model, "--input", asked).out()).contains(SHOWN);
    Path classifier = tiny.classifier("classifier");
    Path config = classifier.resolve("config.json");
    String labels = Files.readString(config).replace("\"good\"", json.writeValueAsString(EVIL));
    Files.writeString(config, labels);
    assertThat(clean(0, "predict", "--model", classifier, "--text", "bo").out()).contains(SHOWN);
  }

  @Test
  void errorsProgressAndStackTraces() {
    Path none = tiny.path("none");
    clean(2, "predict", "--model", none, "--text", "a", "--verbose", "--json");
    clean(2, "predict", "--nonsense" + EVIL);
    clean(2, "train", "--model", tiny.path("base"), "--data", none, "--task", EVIL, "--out", none);
    StringWriter lines = new StringWriter();
    var line = new LineProgress(new PrintWriter(lines), InstantSource.system());
    line.say(EVIL);
    try (var stage = line.stage(EVIL, 1)) {
      stage.step(EVIL);
    }
    clean(lines.toString());
    assertThat(lines.toString().lines()).hasSize(2);
    StringWriter terminal = new StringWriter();
    var bar = new TerminalProgress(new PrintWriter(terminal), 400);
    bar.say(EVIL);
    try (var stage = bar.stage(EVIL, 1)) {
      stage.step(EVIL);
    }
    clean(terminal.toString().replace("\r\u001b[K", "")); // its own way to the line's beginning
    assertThat(terminal.toString()).contains(SHOWN);
  }
}
