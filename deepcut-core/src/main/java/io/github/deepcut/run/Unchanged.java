package io.github.deepcut.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Files as they are when work on them begins, so that it can be told whether they still are: by
 * size, time of the last change, and the file system's key, which is another once a file was
 * replaced. Of a folder that means the files in it.
 *
 * @param files null where there is none
 */
public record Unchanged(Map<Path, Stamp> files) {
  /** What is noted of a file. */
  record Stamp(long size, FileTime changed, Object key) {}

  /** Watches nothing. */
  public static Unchanged nothing() {
    return new Unchanged(Map.of());
  }

  /**
   * Notes how files and folders are now.
   *
   * @param paths null ones count for nothing
   */
  public static Unchanged of(List<Path> paths) {
    Map<Path, Stamp> files = new LinkedHashMap<>();
    for (Path path : paths) {
      if (path != null) {
        filesOf(path).forEach(file -> files.put(file, stamp(file)));
      }
    }
    return new Unchanged(files);
  }

  /**
   * Complains unless all are as they were.
   *
   * @throws InputException that names the first which is not
   */
  public void require() {
    files.forEach(
        (file, before) -> {
          Stamp now = stamp(file);
          if (!Objects.equals(before, now)) {
            String what = now == null ? "is gone" : before == null ? "came" : "was changed";
            throw new InputException(
                file + ": " + what + " while it was in use: nothing was written, start again");
          }
        });
  }

  private static List<Path> filesOf(Path path) {
    if (!Files.isDirectory(path)) {
      return List.of(path);
    }
    try (Stream<Path> all = Files.walk(path)) {
      return new ArrayList<>(all.filter(p -> !Files.isDirectory(p)).toList());
    } catch (IOException e) {
      throw FileErrors.unreadable(path, e);
    }
  }

  private static Stamp stamp(Path file) {
    try {
      var now = Files.readAttributes(file, BasicFileAttributes.class);
      return new Stamp(now.size(), now.lastModifiedTime(), now.fileKey());
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException e) {
      throw FileErrors.unreadable(file, e);
    }
  }
}
