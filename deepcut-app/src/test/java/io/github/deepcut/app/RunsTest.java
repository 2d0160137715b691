package io.github.deepcut.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Runs that meet, and what happens around them: docs/reliability.md tells what is right. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RunsTest {
  private Tiny tiny;
  private Path model;

  @BeforeAll
  void prepare(@TempDir Path folder) throws IOException {
    tiny = Tiny.in(folder);
    model = tiny.tagger("model");
  }

  /** A training of a minute and more, which keeps its state after each step. */
  private Object[] train(Path out, Path data) {
    return new Object[] {
      "train",
      "--model",
      tiny.path("base"),
      "--data",
      data,
      "--task",
      "ner",
      "--out",
      out,
      "--epochs",
      100_000,
      "--lr",
      1e-4,
      "--checkpoint-seconds",
      0
    };
  }

  private static void await(Path path) throws InterruptedException {
    for (int i = 0; !Files.exists(path); i++) {
      assertThat(i).as("%s does not come", path).isLessThan(30_000);
      Thread.sleep(10);
    }
  }

  @Test
  @Tag("slow")
  void theSecondIsToldWhoHasTheFolder() throws Exception {
    Path out = tiny.path("shared");
    Path state = tiny.path("shared.checkpoint/train.safetensors");
    Process first = start(train(out, tiny.path("train.conll")));
    await(state);
    Object[][] others = {
      train(out, tiny.path("train.conll")),
      tiny.unlearn(model, out, "--force"),
      {"audit", "--model", model, "--data", tiny.path("train.conll"), "--forget", "position = 1"},
      {
        "compare",
        "--model",
        model,
        "--data",
        tiny.path("train.conll"),
        "--forget",
        "position = 1",
        "--holdout",
        tiny.path("holdout.conll"),
        "--eval",
        tiny.path("test.conll")
      },
    };
    for (Object[] other : others) {
      List<Object> arguments = new ArrayList<>(Arrays.asList(other));
      if (!arguments.contains("--out")) {
        arguments.addAll(List.of("--out", out));
      }
      Cli second = Cli.run(arguments.toArray());
      assertThat(second.status()).as(second.err()).isEqualTo(2);
      assertThat(second.err())
          .containsPattern(
              "deepcut: --out \\S+/shared is being written by process %d \\(since \\d\\d:\\d\\d\\)\n"
                  .formatted(first.pid()));
    }
    Cli demo = Cli.run("demo", "--dir", out, "--force");
    assertThat(demo.err()).contains("--dir " + out + " is being written by process ");
    assertThat(state).exists();
    assertThat(first.isAlive()).isTrue();

    hangUp(first);
    assertThat(first.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(hidden()).isEmpty();
    assertThat(out).doesNotExist();
    assertThat(state).exists(); // for --resume
  }

  private static void hangUp(Process process) throws IOException, InterruptedException {
    String pid = Long.toString(process.pid());
    assertThat(new ProcessBuilder("kill", "-HUP", pid).start().waitFor()).isZero();
  }

  @Test
  void aTrainingFileThatChangesEndsTheRunAndNothingIsWritten() throws Exception {
    Path data = tiny.path("changing.conll");
    Files.copy(tiny.path("train.conll"), data);
    Path out = tiny.path("of-changing");
    CompletableFuture<Cli> run = CompletableFuture.supplyAsync(() -> Cli.run(train(out, data)));
    await(tiny.path("of-changing.checkpoint/train.safetensors"));
    Files.writeString(data, "zoe\tB-NAME\n\n", StandardOpenOption.APPEND);
    Cli ended = run.get(120, TimeUnit.SECONDS);
    assertThat(ended.status()).isEqualTo(2);
    assertThat(ended.err())
        .endsWith(
            "deepcut: "
                + data
                + ": was changed while it was in use: nothing was written, start again\n");
    assertThat(out).doesNotExist();
    assertThat(hidden()).noneMatch(name -> name.startsWith(".of-changing"));
  }

  /** Who reads the answer is gone: nobody sees the answer, but the model is there. */
  @Test
  @Tag("slow")
  void withoutAReaderTheModelIsWrittenAllTheSame() throws Exception {
    Path out = tiny.path("unread");
    Process process = piped(tiny.unlearn(model, out));
    process.getInputStream().close(); // as by: | head -0
    process.waitFor();
    assertThat(process.exitValue()).isEqualTo(1);
    assertThat(out.resolve("model.safetensors")).exists();
    assertThat(tiny.path("unread.report.json")).exists();
    assertThat(hidden()).noneMatch(name -> name.startsWith(".unread"));
  }

  private List<String> hidden() throws IOException {
    try (Stream<Path> files = Files.list(tiny.folder())) {
      return files.map(f -> f.getFileName().toString()).filter(f -> f.startsWith(".")).toList();
    }
  }

  private Process start(Object... arguments) throws IOException {
    File log = tiny.path("log").toFile();
    return command(arguments).redirectOutput(ProcessBuilder.Redirect.appendTo(log)).start();
  }

  private Process piped(Object... arguments) throws IOException {
    return command(arguments).start();
  }

  private ProcessBuilder command(Object... arguments) {
    List<String> command = new ArrayList<>();
    if (Files.exists(Path.of("/usr/bin/env")) && System.getProperty("os.name").equals("Linux")) {
      command.addAll(List.of("/usr/bin/env", "--default-signal=HUP")); // also under nohup
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-Xmx256m", "-XX:+UseSerialGC", "-Dorg.bytedeco.javacpp.maxphysicalbytes=0"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    Arrays.stream(arguments).map(Object::toString).forEach(command::add);
    File log = tiny.path("log").toFile();
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(log));
  }
}
