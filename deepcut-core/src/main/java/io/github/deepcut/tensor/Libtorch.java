package io.github.deepcut.tensor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.global.torch;

/**
 * Loads libtorch, in one process at a time. JavaCPP copies its libraries into a cache when they are
 * first used, and locks it for each file alone: a process that loads one could meet another, which
 * that one needs, half written by its neighbour, and crash.
 */
public final class Libtorch {
  private static boolean loaded;

  private Libtorch() {}

  /**
   * Loads it unless it is loaded; waits for other processes that are about it. What opens a model
   * does so; whoever uses libtorch without one calls it first.
   *
   * @throws LinkageError if it cannot be loaded
   */
  public static synchronized void load() {
    if (!loaded) {
      alone(lockFile(), () -> Loader.load(torch.class));
      loaded = true;
    }
  }

  private static Path lockFile() {
    try {
      return Loader.getCacheDir().toPath().resolve(".deepcut.lock");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Works while it holds the lock, which ends with its process; where none can be had, without. */
  static synchronized void alone(Path file, Runnable work) {
    try (FileChannel channel =
            FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      work.run();
    } catch (IOException e) { // a cache that may only be read, a file system without locks
      work.run();
    }
  }
}
