package io.github.deepcut.certificate;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Files and folders that their owner alone may read; elsewhere than on POSIX as the folder says.
 */
final class OwnerOnly {
  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

  private OwnerOnly() {}

  private static FileAttribute<?>[] may(String permissions) {
    return POSIX
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  static void folder(Path folder) throws IOException {
    Files.createDirectories(folder, may("rwx------"));
  }

  /**
   * Writes a new file; it appears whole, and is on the disk when this returns.
   *
   * @throws FileAlreadyExistsException if one is there
   */
  static void write(Path file, String text) throws IOException {
    Path part = Files.createTempFile(file.toAbsolutePath().getParent(), ".deepcut", null);
    try {
      if (POSIX) {
        Files.setPosixFilePermissions(part, PosixFilePermissions.fromString("rw-------"));
      }
      try (FileChannel out = FileChannel.open(part, StandardOpenOption.WRITE)) {
        out.write(StandardCharsets.UTF_8.encode(text));
        out.force(true);
      }
      link(part, file);
      forceNames(part.getParent());
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static void link(Path part, Path file) throws IOException {
    try {
      Files.createLink(file, part);
    } catch (UnsupportedOperationException e) {
      Files.move(part, file);
    }
  }

  /**
   * A file's name is on the disk when its folder is; Windows opens no folders, and needs it not.
   */
  private static void forceNames(Path folder) throws IOException {
    if (POSIX) {
      try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
        names.force(true);
      }
    }
  }
}
