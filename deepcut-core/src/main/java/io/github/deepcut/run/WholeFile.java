package io.github.deepcut.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A text file that is there whole or not at all. */
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
      throw FileErrors.unwritable(file, e);
    }
  }
}
