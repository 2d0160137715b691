package io.github.deepcut.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepcut.run.Java;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibtorchTest {
  @TempDir Path dir;

  /** 3 processes of several threads each work as often as they can; none meets another. */
  @Test
  void neverTwoAtOnce() throws IOException, InterruptedException {
    List<Process> all = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      all.add(Java.start(Worker.class, dir.resolve("lock").toString()));
    }
    for (Process process : all) {
      process.getInputStream().transferTo(System.out);
      assertThat(process.waitFor()).isZero();
    }
  }

  /** Makes and deletes a folder 200 times that nobody else may make meanwhile. */
  static final class Worker {
    public static void main(String[] args) {
      Path lock = Path.of(args[0]);
      Path made = lock.resolveSibling("made");
      IntStream.range(0, 200).parallel().forEach(i -> Libtorch.alone(lock, () -> work(made)));
    }

    private static void work(Path made) {
      try {
        Files.createDirectory(made); // fails where another is in here
        Files.delete(made);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Test
  void whereNoLockCanBeHadTheWorkIsDone() {
    AtomicInteger done = new AtomicInteger();
    Libtorch.alone(dir.resolve("none/lock"), done::incrementAndGet);
    assertThat(done).hasValue(1);
  }
}
