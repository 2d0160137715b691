package io.github.deepcut.run;

import static io.github.deepcut.run.Listing.names;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an output folder leaves whose process is ended, and what the next one makes of it. */
class OutputFolderKillTest {
  @TempDir Path dir;

  @Test
  void whatAKilledProcessBeganIsUndone() throws IOException {
    Files.createDirectories(dir.resolve(".out.tmp-0123abcd/sub"));
    Files.writeString(dir.resolve(".out.tmp-0123abcd.report.json"), "of that");
    Files.createDirectories(dir.resolve(".out.tmp-89abcdef.gone"));
    Files.writeString(dir.resolve(".out.lock"), "4711 2026-01-02T03:04:05Z\n");
    Files.createDirectories(dir.resolve("out.checkpoint.gone"));
    Files.createDirectories(dir.resolve(".out.b.tmp-0123abcd")); // of out.b, which may be alive
    Files.createDirectories(dir.resolve("out.checkpoint"));
    OutputFolder.create(dir.resolve("out"), false).close();
    assertThat(names(dir)).containsExactly(".out.b.tmp-0123abcd", "out.checkpoint");
  }

  /** Killed between the two renames of a forced commit: what was there before is there again. */
  @Test
  void whatStoodThereIsPutBack() throws IOException {
    Files.createDirectories(dir.resolve(".out.tmp-0123abcd"));
    Path old = Files.createDirectories(dir.resolve(".out.old-0123abcd"));
    Files.writeString(old.resolve("f"), "earlier");
    Path out = dir.resolve("out");
    assertThatThrownBy(() -> OutputFolder.create(out, false)).hasMessageContaining("exists");
    assertThat(out.resolve("f")).hasContent("earlier");
    assertThat(names(dir)).containsExactly("out");
  }

  /** Killed behind the rename: the report is published, the checkpoint is done with. */
  @Test
  void aCommitThatWentThroughIsCompleted() throws IOException {
    Path out = Files.createDirectories(dir.resolve("out"));
    Files.writeString(dir.resolve(".out.tmp-0123abcd.report.json"), "new");
    Files.writeString(dir.resolve(".out.tmp-0123abcd.done"), "");
    Files.createDirectories(dir.resolve(".out.old-0123abcd"));
    Files.createDirectories(dir.resolve("out.checkpoint"));
    assertThatThrownBy(() -> OutputFolder.create(out, false)).hasMessageContaining("exists");
    assertThat(names(dir)).containsExactly("out", "out.report.json");
    assertThat(dir.resolve("out.report.json")).hasContent("new");
  }

  @RepeatedTest(5)
  void anInterruptedProcessLeavesNothing() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Interrupted.class.getName(),
                dir.resolve("out").toString())
            .redirectErrorStream(true)
            .start();
    assertThat(process.inputReader().readLine()).isEqualTo("writing");
    process.destroy();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(names(dir)).isEmpty();
  }

  /** Writes file after file until it is told to end. */
  static final class Interrupted {
    private Interrupted() {}

    public static void main(String[] args) throws IOException {
      OutputFolder folder = OutputFolder.create(Path.of(args[0]), false);
      for (int i = 0; ; i++) {
        Files.writeString(folder.path().resolve("f" + i), "x");
        if (i == 100) {
          System.out.println("writing");
        }
      }
    }
  }

  /** Ends a process that makes one folder after the other, at a moment of its own choosing. */
  @RepeatedTest(12)
  void leavesNothingWhenTheProcessIsToldToEnd(RepetitionInfo repetition) throws Exception {
    Path out = dir.resolve("out");
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String path = System.getProperty("java.class.path");
    Process process =
        new ProcessBuilder(java, "-cp", path, FolderAfterFolder.class.getName(), out.toString())
            .redirectError(dir.resolve("log").toFile())
            .start();
    assertThat(process.getInputStream().read()).isEqualTo('.');
    Thread.sleep(3L * repetition.getCurrentRepetition());
    process.destroy(); // SIGTERM
    process.waitFor();
    Files.delete(dir.resolve("log"));
    assertThat(names(dir)).containsExactly("out");
    assertThat(names(out)).containsExactly("a", "b");
  }

  /** The process that is ended. */
  static final class FolderAfterFolder {
    public static void main(String[] args) throws IOException {
      while (true) {
        try (OutputFolder folder = OutputFolder.create(Path.of(args[0]), true)) {
          Files.writeString(folder.path().resolve("a"), "x");
          Files.writeString(folder.path().resolve("b"), "x");
          folder.commit();
        }
        System.out.write('.');
        System.out.flush();
      }
    }
  }
}
