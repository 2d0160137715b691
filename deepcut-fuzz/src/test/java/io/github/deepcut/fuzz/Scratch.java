package io.github.deepcut.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Where the files lie that readers under fuzzing are given: one folder for each run. */
public final class Scratch {
  private static final Path ROOT = make();

  private Scratch() {}

  private static Path make() {
    try {
      Path root = Files.createTempDirectory("deepcut-fuzz");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(root)));
      return root;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path root) {
    try (Stream<Path> all = Files.walk(root)) {
      all.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A folder in it, made where it is missing. */
  public static Path folder(String name) {
    try {
      return Files.createDirectories(ROOT.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a file of these bytes, over one that may be there. */
  public static Path file(String name, byte[] bytes) {
    return file(ROOT, name, bytes);
  }

  /** The same in a folder. */
  public static Path file(Path folder, String name, byte[] bytes) {
    try {
      return Files.write(folder.resolve(name), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Copies a file into a folder, if it is not there yet. */
  public static void copy(Path file, Path folder, String name) {
    try {
      if (!Files.exists(folder.resolve(name))) {
        Files.copy(file, folder.resolve(name));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
