package io.github.deepcut.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A text file that is there whole or not at all; it is written as {@code .<name>.tmp} first. */
public final class WholeFile {
  private WholeFile() {}

  /**
   * Writes it aside and renames it, over one that is there.
   *
   * @throws InputException if that fails
   */
  public static void write(Path file, String content) {
    Path part = file.resolveSibling("." + file.getFileName() + ".tmp");
    try {
      Files.writeString(part, content);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      part.toFile().delete(); // on a full disk it would keep what is left of it
      throw FileErrors.unwritable(file, e);
    }
  }

  /**
   * Deletes what processes that were killed have left in a folder and those in it.
   *
   * @param folder that no other process writes to; need not be there
   * @throws InputException if that fails
   */
  public static void sweep(Path folder) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (var files = Files.walk(folder)) {
      for (Path file : files.filter(WholeFile::isPart).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw FileErrors.unwritable(folder, e);
    }
  }

  private static boolean isPart(Path file) {
    String name = file.getFileName().toString();
    return name.startsWith(".") && name.endsWith(".tmp") && Files.isRegularFile(file);
  }
}
