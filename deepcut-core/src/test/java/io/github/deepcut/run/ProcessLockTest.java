package io.github.deepcut.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessLockTest {
  @TempDir Path dir;

  @Test
  void oneHasItAndItsFileGoesWithIt() throws IOException {
    Path guarded = dir.resolve("notes");
    try (ProcessLock first = ProcessLock.attempt(guarded).lockOrNull()) {
      assertThat(first.isHeld()).isTrue();
      assertThat(dir.resolve(".notes.lock")).exists();
      ProcessLock.Attempt second = ProcessLock.attempt(guarded);
      assertThat(second.lockOrNull()).isNull();
      assertThat(second.owner())
          .matches("process " + ProcessHandle.current().pid() + " \\(since \\d\\d:\\d\\d\\)");
    }
    assertThat(names()).isEmpty();
    ProcessLock.attempt(guarded).lockOrNull().close();
  }

  @Test
  void aFileThatAKilledProcessLeftIsTakenOver() throws IOException {
    Files.writeString(dir.resolve(".notes.lock"), "4711 2026-01-02T03:04:05Z\n");
    try (ProcessLock lock = ProcessLock.attempt(dir.resolve("notes")).lockOrNull()) {
      assertThat(Files.readString(dir.resolve(".notes.lock")))
          .startsWith(ProcessHandle.current().pid() + " ");
    }
    assertThat(names()).isEmpty();
  }

  @Test
  void aLinkInItsPlaceIsNotFollowed() throws IOException {
    Path precious = Files.writeString(dir.resolve("precious"), "kept");
    Files.createSymbolicLink(dir.resolve(".notes.lock"), precious);
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> ProcessLock.attempt(dir.resolve("notes")))
        .isInstanceOf(IOException.class);
    assertThat(precious).hasContent("kept");
  }

  /** 4 processes take and give back the same lock as fast as they can; none meets another. */
  @Test
  void neverTwoProcessesAtOnce() throws IOException, InterruptedException {
    List<Process> all = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      all.add(Java.start(Greedy.class, dir.resolve("notes").toString()));
    }
    for (Process process : all) {
      process.getInputStream().transferTo(System.out);
      assertThat(process.waitFor()).isZero();
    }
    assertThat(names()).isEmpty();
  }

  /** Takes the lock 200 times, and makes and deletes a folder meanwhile that nobody else may. */
  static final class Greedy {
    public static void main(String[] args) throws IOException {
      Path notes = Path.of(args[0]);
      for (int i = 0; i < 200; ) {
        try (ProcessLock lock = ProcessLock.attempt(notes).lockOrNull()) {
          if (lock != null) {
            Files.createDirectory(notes); // fails where another process is in here
            Files.delete(notes);
            i++;
          }
        }
      }
    }
  }

  private List<String> names() throws IOException {
    try (Stream<Path> list = Files.list(dir)) {
      return list.map(p -> p.getFileName().toString()).sorted().toList();
    }
  }
}
