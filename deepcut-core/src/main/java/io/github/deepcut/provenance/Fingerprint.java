package io.github.deepcut.provenance;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Set;

/** SHA-256, in lower-case hexadecimal. */
public final class Fingerprint {
  /** The record of a model's making, in its folder. */
  public static final String RECORD = "deepcut.json";

  /** The certificate of its unlearning. */
  public static final String CERTIFICATE = "certificate.json";

  /** The manifest of an ensemble, in its folder; its models lie in subfolders. */
  public static final String ENSEMBLE = "ensemble.json";

  private static final Set<String> PAPERS = Set.of(RECORD, CERTIFICATE);

  private Fingerprint() {}

  /** Of a file's bytes; of a folder, of the names and bytes of all files under it. */
  public static String of(Path file) {
    if (Files.isDirectory(file)) {
      return ofFiles(file, Integer.MAX_VALUE, Set.of());
    }
    MessageDigest digest = Hashes.sha256();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      in.transferTo(java.io.OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Hashes.hex(digest.digest());
  }

  /**
   * Of the names and bytes of the files in a folder, those in its subfolders left out unless it is
   * an ensemble's.
   */
  public static String ofFolder(Path folder) {
    return ofFiles(folder, depth(folder), Set.of());
  }

  /** The same of a model: without its record and its certificate, which say where it lies. */
  public static String ofModel(Path folder) {
    return ofFiles(folder, depth(folder), PAPERS);
  }

  private static int depth(Path folder) {
    return Files.exists(folder.resolve(ENSEMBLE)) ? Integer.MAX_VALUE : 1;
  }

  private static String ofFiles(Path folder, int depth, Set<String> without) {
    MessageDigest digest = Hashes.sha256();
    try (var files = Files.walk(folder, depth)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        String path = folder.relativize(file).toString().replace('\\', '/');
        if (!without.contains(path)) {
          digest.update((of(file) + " " + path + "\n").getBytes(StandardCharsets.UTF_8));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Hashes.hex(digest.digest());
  }
}
