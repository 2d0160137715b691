package io.github.deepcut.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** DuckDB's 57 MB in the temporary folder. */
@EnabledOnOs(OS.LINUX)
class DuckDbLibraryTest {
  @TempDir Path dir;

  @Test
  void theCopyIsGoneAsSoonAsItIsLoaded() throws IOException, InterruptedException {
    Process process = start(Loading.class);
    assertThat(process.inputReader().readLine()).isEqualTo("42");
    assertThat(names()).isEmpty();
    process.destroyForcibly().waitFor();
    assertThat(names()).isEmpty();
  }

  @Test
  void whatKilledProcessesLeftGoesUnlessItIsInUse() throws IOException, InterruptedException {
    copy("libduckdb_java1.so", 60);
    copy("libduckdb_java2.so", 0); // perhaps being loaded
    copy("libduckdb_java3.so", 60);
    copy("libduckdb_jav4.so", 60); // somebody else's
    try (FileChannel inUse = FileChannel.open(dir.resolve("libduckdb_java3.so"))) {
      assertThat(start(Sweeping.class).waitFor()).isZero();
    }
    assertThat(names())
        .containsExactly("libduckdb_jav4.so", "libduckdb_java2.so", "libduckdb_java3.so");
  }

  private void copy(String name, long secondsAgo) throws IOException {
    Path file = Files.writeString(dir.resolve(name), "x");
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(secondsAgo)));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> list = Files.list(dir)) {
      return list.map(p -> p.getFileName().toString()).sorted().toList();
    }
  }

  private Process start(Class<?> main) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED", // else newer JDKs warn
            "-Djava.io.tmpdir=" + dir,
            "-cp",
            System.getProperty("java.class.path"),
            main.getName())
        .redirectErrorStream(true)
        .start();
  }

  /** Asks DuckDB and stays. */
  static final class Loading {
    public static void main(String[] args) throws Exception {
      try (var connection = DuckDb.open();
          var result = connection.createStatement().executeQuery("SELECT 6 * 7")) {
        result.next();
        System.out.println(result.getInt(1));
        System.in.read();
      }
    }
  }

  /** Begins as every command does. */
  static final class Sweeping {
    public static void main(String[] args) {
      DuckDbLibrary.sweep();
    }
  }
}
