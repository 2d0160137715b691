package io.github.deepcut.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepcut.FineTunedModel;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A process that is interrupted leaves a whole output folder or none. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KillTest {
  private Tiny tiny;
  private Path model;
  private long whole;

  @BeforeAll
  void timeOne(@TempDir Path folder) throws IOException, InterruptedException {
    tiny = Tiny.in(folder);
    model = tiny.tagger("model");
    long start = System.nanoTime();
    Process process = unlearn(tiny.path("timed"));
    assertThat(process.waitFor()).isZero();
    whole = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
  }

  @ParameterizedTest
  @CsvSource({
    "0.3, false",
    "0.5, true",
    "0.6, false",
    "0.75, false",
    "0.85, true",
    "0.9, false",
    "0.95, false",
    "1.0, true"
  })
  void leavesAllOrNothing(double share, boolean force) throws IOException, InterruptedException {
    Path out = tiny.path("out-" + share);
    Process process = unlearn(out);
    process.waitFor((long) (whole * share), TimeUnit.MILLISECONDS);
    if (force) {
      process.destroyForcibly(); // SIGKILL
    } else {
      process.destroy(); // SIGTERM
    }
    process.waitFor();
    if (Files.exists(out)) {
      assertThat(names(out)).isEqualTo(names(tiny.path("timed")));
      FineTunedModel.open(out).close();
      Path certificate = out.resolve("certificate.json"); // the salt is there since before it
      Cli.done("verify", certificate, "--model", out, "--data", tiny.path("train.conll"));
    }
    if (!force) {
      assertThat(names(tiny.folder())).noneMatch(name -> name.startsWith(".out-" + share + ".tmp"));
    }
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  private Process unlearn(Path out) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-Xmx256m", "-XX:+UseSerialGC", "-Dorg.bytedeco.javacpp.maxphysicalbytes=0"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    Arrays.stream(tiny.unlearn(model, out)).map(Object::toString).forEach(command::add);
    File log = tiny.path("log").toFile();
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
        .start();
  }
}
