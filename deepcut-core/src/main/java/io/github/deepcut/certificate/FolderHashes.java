package io.github.deepcut.certificate;

import io.github.deepcut.provenance.Fingerprint;
import io.github.deepcut.run.FileErrors;
import io.github.deepcut.run.InputException;
import io.github.deepcut.tensor.TensorHashes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * SHA-256 of every file of a model folder, and of every tensor in its safetensors files.
 *
 * <p>A file is named by its path in the folder, with slashes; a tensor by its file, {@code #} and
 * its name. {@code certificate.json} at the top is left out, since it cannot hold its own hash.
 *
 * @param hashes in lower-case hexadecimal, by name
 * @param broken what is no file of a model: things that are neither files nor folders with files in
 *     them, and safetensors files that could not be read
 */
public record FolderHashes(Map<String, String> hashes, List<String> broken) {
  private static final String TENSORS = ".safetensors";

  public FolderHashes {
    hashes = Collections.unmodifiableMap(new TreeMap<>(hashes));
    broken = List.copyOf(broken);
  }

  /**
   * Hashes a folder of regular files. A link, a pipe, a device or an empty folder is not opened but
   * named in {@link #broken}: a certificate cannot speak of it.
   *
   * @throws InputException if it cannot be read
   */
  public static FolderHashes of(Path folder) {
    List<Path> files = new ArrayList<>();
    List<String> broken = new ArrayList<>();
    try {
      Path real = folder.toRealPath();
      try (Stream<Path> walk = Files.walk(real)) {
        for (Path path : walk.filter(p -> !p.equals(real)).sorted().toList()) {
          String strange = strange(path);
          if (strange != null) {
            broken.add(folder.resolve(name(real, path)) + ": " + strange);
          } else if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            files.add(path);
          }
        }
      }
      return hashed(real, files, broken);
    } catch (IOException e) {
      throw FileErrors.unreadable(folder, e);
    } catch (UncheckedIOException e) {
      throw FileErrors.unreadable(folder, e.getCause());
    }
  }

  /** What a certificate has no word for; null where all is well. */
  private static String strange(Path path) throws IOException {
    var is = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (is.isDirectory()) {
      try (Stream<Path> inside = Files.list(path)) {
        return inside.findAny().isEmpty() ? "an empty folder: expected files alone" : null;
      }
    }
    if (is.isSymbolicLink()) {
      return "a symbolic link: expected files alone; cp -rL copies a folder with the files";
    }
    if (!is.isRegularFile()) {
      return "not a regular file: expected files alone";
    }
    return file(path.toString()) == null ? null : "the name of a tensor: expected one of a file";
  }

  /**
   * Hashes a folder as it is read where links are followed, such as one of a HuggingFace cache.
   *
   * @throws InputException if it cannot be read
   */
  public static FolderHashes following(Path folder) {
    try (Stream<Path> walk = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
      return hashed(folder, walk.filter(Files::isRegularFile).sorted().toList(), List.of());
    } catch (IOException e) {
      throw FileErrors.unreadable(folder, e);
    } catch (UncheckedIOException e) {
      throw FileErrors.unreadable(folder, e.getCause());
    }
  }

  private static FolderHashes hashed(Path folder, List<Path> all, List<String> strange) {
    Path own = folder.resolve(Fingerprint.CERTIFICATE);
    List<Path> files = all.stream().filter(f -> !f.equals(own)).toList();
    Map<String, String> hashes =
        new TreeMap<>(
            files.parallelStream()
                .collect(Collectors.toMap(f -> name(folder, f), FolderHashes::fingerprint)));
    List<String> broken = new ArrayList<>(strange);
    for (Path file : files) {
      if (file.toString().endsWith(TENSORS)) {
        try {
          TensorHashes.of(file).forEach((t, h) -> hashes.put(name(folder, file) + "#" + t, h));
        } catch (InputException e) {
          broken.add(e.getMessage());
        }
      }
    }
    return new FolderHashes(hashes, broken);
  }

  private static String name(Path folder, Path file) {
    return folder.relativize(file).toString().replace('\\', '/');
  }

  /** The file of a tensor's name; null of a file's. */
  static String file(String name) {
    int at = name.indexOf(TENSORS + "#");
    return at < 0 ? null : name.substring(0, at + TENSORS.length());
  }

  private static String fingerprint(Path file) {
    try {
      return Fingerprint.of(file);
    } catch (UncheckedIOException e) {
      throw FileErrors.unreadable(file, e.getCause());
    }
  }
}
