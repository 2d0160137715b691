package io.github.deepcut.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Work that is killed outright at a random moment and resumed ends with the very same bytes, and
 * leaves nothing else behind. {@code -Ddeepcut.kills=50} kills each command that often.
 */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ResumeKillTest {
  private static final int KILLS = Integer.getInteger("deepcut.kills", 1);

  private Tiny tiny;
  private Path model;

  @BeforeAll
  void prepare(@TempDir Path folder) throws IOException {
    tiny = Tiny.in(folder);
    model = tiny.tagger("model");
  }

  @Test
  void train() throws Exception {
    Object[] arguments = {
      "train",
      "--model",
      tiny.path("base"),
      "--data",
      tiny.path("train.conll"),
      "--task",
      "ner",
      "--eval",
      tiny.path("test.conll"),
      "--epochs",
      60,
      "--patience",
      0,
      "--lr",
      3e-3,
      "--out"
    };
    killAndResume(arguments);
  }

  @Test
  void unlearn() throws Exception {
    Object[] arguments = {
      "unlearn",
      "--model",
      model,
      "--data",
      tiny.path("train.conll"),
      "--forget",
      "patient = 'P-1'",
      "--holdout",
      tiny.path("holdout.conll"),
      "--set",
      "passes=60",
      "--method",
      "deepcut-paper",
      "--set",
      "stop=never",
      "--allow-collapse",
      "--retrain",
      "--out"
    };
    killAndResume(arguments);
  }

  private void killAndResume(Object[] arguments) throws Exception {
    String name = arguments[0].toString();
    Path whole = tiny.path(name + "-whole");
    long start = System.nanoTime();
    assertThat(start(arguments, whole).waitFor()).isZero();
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    byte[] expected = Files.readAllBytes(whole.resolve("model.safetensors"));
    SplittableRandom random = new SplittableRandom(1);
    int resumed = 0;
    for (int i = 0; i < KILLS || (resumed == 0 && i < 10 * KILLS); i++) {
      Path out = tiny.path(name + "-" + i);
      for (int tries = 0; !Files.exists(out) && tries < 3; tries++) {
        Process process = start(arguments, out, tries == 0 ? "--json" : "--resume");
        if (tries < 2) {
          long begun = System.nanoTime();
          if (process.waitFor(random.nextLong(millis / 3, millis), TimeUnit.MILLISECONDS)) {
            millis = Math.max(9, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun));
          }
          process.destroyForcibly();
        }
        process.waitFor();
        resumed += tries > 0 ? 1 : 0;
      }
      assertThat(out.resolve("model.safetensors")).hasBinaryContent(expected);
      if (Files.exists(tiny.path(name + "-" + i + ".checkpoint"))) { // killed in its last moment
        assertThat(start(arguments, out, "--resume", "--force").waitFor()).isZero();
        assertThat(out.resolve("model.safetensors")).hasBinaryContent(expected);
      }
      assertThat(left(name + "-" + i)).isEmpty();
    }
    assertThat(resumed).as("runs that were resumed").isPositive();
  }

  /** Everything beside the output folder that bears its name, report and salt excepted. */
  private List<String> left(String name) throws IOException {
    try (Stream<Path> files = Files.list(tiny.folder())) {
      return files
          .map(f -> f.getFileName().toString())
          .filter(f -> f.startsWith("." + name + ".") || f.startsWith(name + "."))
          .filter(f -> !f.equals(name + ".report.json"))
          .filter(f -> !f.matches(name + "\\.certificate\\.[0-9a-f]{16}\\.salt"))
          .toList();
    }
  }

  private Process start(Object[] arguments, Path out, String... more) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-Xmx256m", "-XX:+UseSerialGC", "-Dorg.bytedeco.javacpp.maxphysicalbytes=0"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    Arrays.stream(arguments).map(Object::toString).forEach(command::add);
    command.addAll(List.of(out.toString(), "--checkpoint-seconds", "0"));
    command.addAll(List.of(more));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(tiny.path("log").toFile()))
        .start();
  }
}
