package io.github.deepcut.certificate;

import io.github.deepcut.provenance.Fingerprint;
import io.github.deepcut.run.FileErrors;
import io.github.deepcut.run.InputException;
import io.github.deepcut.tensor.TensorHashes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
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
 * @param broken what is wrong with safetensors files that could not be read
 */
public record FolderHashes(Map<String, String> hashes, List<String> broken) {
  private static final String TENSORS = ".safetensors";

  public FolderHashes {
    hashes = Collections.unmodifiableMap(new TreeMap<>(hashes));
    broken = List.copyOf(broken);
  }

  /**
   * Hashes a folder.
   *
   * @throws InputException if it cannot be read
   */
  public static FolderHashes of(Path folder) {
    List<Path> files = files(folder);
    Map<String, String> hashes = new TreeMap<>();
    hashes.putAll(
        files.parallelStream()
            .collect(Collectors.toMap(f -> name(folder, f), FolderHashes::fingerprint)));
    List<String> broken = new java.util.ArrayList<>();
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

  private static String fingerprint(Path file) {
    try {
      return Fingerprint.of(file);
    } catch (UncheckedIOException e) {
      throw FileErrors.unreadable(file, e.getCause());
    }
  }

  private static List<Path> files(Path folder) {
    Path own = folder.resolve(Fingerprint.CERTIFICATE);
    try (Stream<Path> walk = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
      return walk.filter(Files::isRegularFile).filter(f -> !f.equals(own)).sorted().toList();
    } catch (IOException e) {
      throw FileErrors.unreadable(folder, e);
    } catch (UncheckedIOException e) {
      throw FileErrors.unreadable(folder, e.getCause());
    }
  }
}
