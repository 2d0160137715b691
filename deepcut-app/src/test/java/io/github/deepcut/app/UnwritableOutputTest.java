package io.github.deepcut.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An answer that nobody gets is a failure: exit status 1, and a line on standard error. */
class UnwritableOutputTest {
  static boolean isThereAFullDevice() {
    return Files.isWritable(Path.of("/dev/full"));
  }

  @EnabledIf("isThereAFullDevice")
  @ParameterizedTest
  @ValueSource(
      strings = {"methods", "methods --json", "doctor", "--version", "--help", "train --json"})
  void ofAnyCommandEndsWithOne(String args) throws IOException {
    StringWriter err = new StringWriter();
    try (var full = Files.newOutputStream(Path.of("/dev/full"));
        var out = new PrintWriter(new OutputStreamWriter(full, StandardCharsets.UTF_8), true)) {
      assertThat(Main.run(args.split(" "), out, new PrintWriter(err))).isEqualTo(1);
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("No space left"); // closing tries once more
    }
    assertThat(err.toString())
        .contains("deepcut: standard output cannot be written: the answer is lost");
  }
}
