package io.github.deepcut.run;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;

/** Deletes directory trees. */
final class Trees {
  private static final int ATTEMPTS = 20;

  private Trees() {}

  /**
   * Deletes a directory and all that it holds; links are removed, not followed. Another thread may
   * still be writing into it, in a process that is being interrupted: so it is renamed first, which
   * that thread cannot follow, and swept again if a file appeared behind the sweep.
   */
  static void delete(Path directory) throws IOException {
    Path root = renamed(directory);
    for (int i = 1; Files.exists(root, LinkOption.NOFOLLOW_LINKS); i++) {
      try {
        Files.walkFileTree(root, new Sweep());
      } catch (DirectoryNotEmptyException | NoSuchFileException e) {
        if (i == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  /** The directory under another name, or under its own where the system refuses a rename. */
  private static Path renamed(Path directory) {
    Path gone = directory.resolveSibling(directory.getFileName() + ".gone");
    try {
      return Files.move(directory, gone, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      return directory;
    }
  }

  private static final class Sweep extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, IOException failure)
        throws IOException {
      if (failure != null) {
        throw failure;
      }
      Files.deleteIfExists(directory);
      return FileVisitResult.CONTINUE;
    }
  }
}
