package io.github.deepcut.run;

import static io.github.deepcut.run.Listing.names;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFolderTest {
  @TempDir Path dir;

  @Test
  void appearsWholeOnCommit() throws IOException {
    Path out = dir.resolve("a/b");
    try (OutputFolder folder = OutputFolder.create(out, false)) {
      assertThat(folder.path().getParent()).isEqualTo(out.getParent());
      assertThat(folder.path().getFileName().toString()).startsWith(".b.tmp-");
      Files.writeString(folder.path().resolve("f"), "x");
      assertThat(out).doesNotExist();
      folder.commit();
      assertThatThrownBy(folder::commit).isInstanceOf(IllegalStateException.class);
    }
    assertThat(out.resolve("f")).hasContent("x");
    assertThat(names(dir.resolve("a"))).containsExactly("b");
  }

  @Test
  void leavesNothingWithoutCommit() throws IOException {
    try (OutputFolder folder = OutputFolder.create(dir.resolve("out"), false)) {
      Files.createDirectories(folder.path().resolve("sub"));
      Files.writeString(folder.path().resolve("sub/f"), "x");
    }
    assertThat(names(dir)).isEmpty();
  }

  @Test
  void refusesWhatExists() throws IOException {
    Path out = Files.createDirectory(dir.resolve("out"));
    assertThatThrownBy(() -> OutputFolder.create(out, false))
        .isInstanceOf(InputException.class)
        .hasMessage("--out " + out + " exists: choose another folder or pass --force");
    assertThat(names(dir)).containsExactly("out");
  }

  @Test
  void forceReplacesAllOfADirectoryAndOnlyOnCommit() throws IOException {
    Path out = Files.createDirectory(dir.resolve("out"));
    Files.writeString(out.resolve("old"), "x");
    Path outside = Files.writeString(dir.resolve("outside"), "kept");
    Files.createSymbolicLink(out.resolve("link"), outside);
    try (OutputFolder folder = OutputFolder.create(out, true)) {
      Files.writeString(folder.path().resolve("new"), "y");
    }
    assertThat(out.resolve("old")).exists();
    try (OutputFolder folder = OutputFolder.create(out, true)) {
      Files.writeString(folder.path().resolve("new"), "y");
      folder.commit();
    }
    assertThat(names(out)).containsExactly("new");
    assertThat(names(dir)).containsExactly("out", "outside");
    assertThat(outside).hasContent("kept");
  }

  @Test
  void forceNeverReplacesFilesLinksHomeRootOrWorkingDirectory() throws IOException {
    Path file = Files.writeString(dir.resolve("file"), "");
    Path link = Files.createSymbolicLink(dir.resolve("link"), dir);
    for (Path out : List.of(file, link)) {
      assertThatThrownBy(() -> OutputFolder.create(out, true))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("is not a directory");
    }
    Path working = Path.of("").toAbsolutePath();
    for (Path out : List.of(Path.of("."), working, working.getParent())) {
      assertThatThrownBy(() -> OutputFolder.create(out, true))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("never replaces that");
    }
    assertThatThrownBy(() -> OutputFolder.create(Path.of(System.getProperty("user.home")), true))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("holds the home directory");
    assertThatThrownBy(() -> OutputFolder.create(Path.of("/"), true))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("is the root");
  }

  @Test
  void refusesAParentThatCannotBeWritten() throws IOException {
    Path file = Files.writeString(dir.resolve("file"), "");
    assertThatThrownBy(() -> OutputFolder.create(file.resolve("out"), false))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(file.resolve("out") + ": cannot be written: ");
    assertThatThrownBy(() -> OutputFolder.create(file.resolve("sub/out"), false))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(file.resolve("sub/out") + ": cannot be written: ");
  }

  @Test
  void keepsTheResultWhenTheNameIsTakenMeanwhile() throws IOException {
    Path out = dir.resolve("out");
    try (OutputFolder folder = OutputFolder.create(out, false)) {
      Files.createDirectory(out);
      assertThatThrownBy(folder::commit)
          .isInstanceOf(InputException.class)
          .hasMessageContaining("exists: choose another folder")
          .hasMessageContaining("the result is kept in " + dir.resolve(".out.kept-"));
    }
    assertThat(names(dir)).hasSize(2).element(0).asString().startsWith(".out.kept-");
    OutputFolder.create(out, true).close(); // the next run leaves it alone
    assertThat(names(dir)).hasSize(2);
  }

  @Test
  void nobodyElseMayMakeItMeanwhile() throws IOException {
    Path out = dir.resolve("out");
    try (OutputFolder folder = OutputFolder.create(out, false)) {
      Files.writeString(folder.path().resolve("f"), "x");
      assertThatThrownBy(() -> OutputFolder.create(out, true))
          .isInstanceOf(InputException.class)
          .hasMessageMatching(
              "--out .*/out is being written by process %d \\(since \\d\\d:\\d\\d\\)"
                  .formatted(ProcessHandle.current().pid()));
      folder.commit();
    }
    assertThat(out.resolve("f")).hasContent("x");
    assertThat(names(dir)).containsExactly("out");
  }

  /** Five processes start at once: the folder is made once. */
  @Test
  void ofSeveralProcessesOneWins() throws Exception {
    Path out = dir.resolve("out");
    List<Process> all = new java.util.ArrayList<>();
    for (int i = 0; i < 5; i++) {
      all.add(Java.start(Slow.class, out.toString()));
    }
    int won = 0;
    for (Process p : all) {
      p.getOutputStream().write('\n'); // once all are there
      p.getOutputStream().flush();
    }
    for (Process p : all) {
      String said = new String(p.getInputStream().readAllBytes(), UTF_8);
      won += said.startsWith("done") ? 1 : 0;
      assertThat(said).containsPattern("done|is being written by process \\d+ |exists");
    }
    assertThat(won).isEqualTo(1);
    assertThat(names(dir)).containsExactly("out");
  }

  /** Makes a folder and takes a moment for it. */
  static final class Slow {
    public static void main(String[] args) throws Exception {
      System.in.read();
      try (OutputFolder folder = OutputFolder.create(Path.of(args[0]), false)) {
        Thread.sleep(300);
        folder.commit();
        System.out.println("done");
      } catch (InputException e) {
        System.out.println(e.getMessage());
      }
    }
  }

  @Test
  void whatLiesBesideAppearsWithItAndEndsTheCheckpoint() throws IOException {
    Files.createDirectories(dir.resolve("out.checkpoint"));
    try (OutputFolder folder = OutputFolder.create(dir.resolve("out"), false)) {
      folder.beside("report.json", "x");
      assertThat(dir.resolve("out.report.json")).doesNotExist();
      folder.commit();
    }
    assertThat(names(dir)).containsExactly("out", "out.report.json");
    try (OutputFolder folder = OutputFolder.create(dir.resolve("other"), false)) {
      folder.beside("report.json", "x");
    }
    assertThat(names(dir)).containsExactly("out", "out.report.json");
  }

  @Test
  void anInputThatChangedPreventsTheCommit() throws IOException {
    Path input = Files.writeString(dir.resolve("in"), "x");
    try (OutputFolder folder = OutputFolder.create(dir.resolve("out"), false)) {
      folder.from(Unchanged.of(List.of(input)));
      Files.writeString(input, "other");
      assertThatThrownBy(folder::commit)
          .isInstanceOf(InputException.class)
          .hasMessageStartingWith(input + ": was changed");
    }
    assertThat(names(dir)).containsExactly("in");
  }
}
