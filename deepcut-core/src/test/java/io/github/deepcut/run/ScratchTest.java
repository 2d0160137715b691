package io.github.deepcut.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Copies of data go with the process that made them, or when the next one begins. */
class ScratchTest {
  @ParameterizedTest
  @ValueSource(strings = {"end", "terminated", "killed"})
  void nothingStays(String how) throws IOException, InterruptedException {
    Process process = Java.start(Copying.class);
    var lines = process.inputReader();
    Path folder = Path.of(lines.readLine());
    assertThat(folder.getFileName().toString()).startsWith("deepcut-" + process.pid() + "-");
    assertThat(Files.getPosixFilePermissions(folder)).hasSize(3); // rwx for its owner alone
    assertThat(folder.resolve("copy")).exists();
    Scratch.sweep(); // leaves those alone whose owner lives
    assertThat(folder.resolve("copy")).exists();
    switch (how) {
      case "end" -> process.getOutputStream().close();
      case "terminated" -> process.destroy();
      default -> process.destroyForcibly();
    }
    process.waitFor();
    if (how.equals("killed")) {
      assertThat(folder).exists();
      Scratch.sweep();
    }
    assertThat(left(process.pid())).isEmpty();
  }

  private static List<Path> left(long pid) throws IOException {
    try (Stream<Path> files = Files.list(Scratch.temporary())) {
      return files.filter(p -> p.getFileName().toString().contains("deepcut-" + pid)).toList();
    }
  }

  /** Lives until it has no more input. */
  static final class Copying {
    public static void main(String[] args) throws IOException {
      Files.writeString(Scratch.folder().resolve("copy"), "somebody's");
      System.out.println(Scratch.folder());
      System.in.read();
    }
  }
}
