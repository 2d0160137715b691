package io.github.deepcut.run;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** Turns what the file system says into one line that names the file. */
public final class FileErrors {
  private FileErrors() {}

  /** {@code <path>: cannot be read: <why>}. */
  public static InputException unreadable(Path path, IOException e) {
    return new InputException(path + ": cannot be read: " + why(path, e), e);
  }

  /** {@code <path>: cannot be written: <why>}. */
  public static InputException unwritable(Path path, IOException e) {
    return new InputException(path + ": cannot be written: " + why(path, e), e);
  }

  private static String why(Path path, IOException e) {
    String about = "";
    if (e instanceof FileSystemException f
        && f.getFile() != null
        && !f.getFile().equals(path.toString())) {
      about = f.getFile() + ": ";
    }
    return oneLine(about + rule(e));
  }

  private static String rule(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "no such file";
    }
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof FileAlreadyExistsException) {
      return "it exists already";
    }
    if (e instanceof NotDirectoryException) {
      return "not a directory";
    }
    if (e instanceof FileSystemException f && f.getReason() != null) {
      return f.getReason();
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  /** The text with every run of white space and line breaks made one space: {@link Printable}. */
  public static String oneLine(String text) {
    return Printable.line(text.replaceAll("[\\s\\u0085\\u2028\\u2029]+", " ").strip());
  }
}
