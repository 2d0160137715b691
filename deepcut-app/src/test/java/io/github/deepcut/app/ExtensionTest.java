package io.github.deepcut.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
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

/** The example of a method outside the project, as a jar of its own beside the program. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExtensionTest {
  private static final Path EXAMPLE = Path.of("../examples/forget-margin");

  @TempDir private static Path folder;
  private Path jar;

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

  @Test
  void itForgetsByItsName() throws Exception {
    Tiny tiny = Tiny.in(folder);
    Path out = folder.resolve("forgotten");
    Object[] unlearn = {
      "unlearn",
      "--model",
      tiny.tagger("model"),
      "--data",
      tiny.path("train.conll"),
      "--holdout",
      tiny.path("holdout.conll"),
      "--forget",
      "patient = 'P-0'",
      "--method",
      "forget-margin",
      "--set",
      "margin=2",
      "--allow-collapse",
      "--out",
      out
    };
    Said said = deepcut(withJar(), unlearn);
    assertThat(said.status()).as(said.err()).isZero();
    FineTunedModel.open(out).close();
    var how = new ObjectMapper().readTree(out.resolve("deepcut.json").toFile()).path("unlearning");
    assertThat(how.path("method").asText()).isEqualTo("forget-margin");
    assertThat(how.path("settings").path("margin").asDouble()).isEqualTo(2);
    Said unknown = deepcut(classPath(), unlearn);
    assertThat(unknown.status()).isEqualTo(2);
    assertThat(unknown.err()).contains("forget-margin: no such method");
  }
}
