package io.github.deepcut.provenance;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256, in lower-case hexadecimal. */
public final class Fingerprint {
  private Fingerprint() {}

  /** Of a file's bytes; of a folder, of the names and bytes of all files under it. */
  public static String of(Path file) {
    if (Files.isDirectory(file)) {
      return ofFiles(file, Integer.MAX_VALUE);
    }
    MessageDigest digest = sha256();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      in.transferTo(java.io.OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Of the names and bytes of the files in a folder, those in its subfolders left out. */
  public static String ofFolder(Path folder) {
    return ofFiles(folder, 1);
  }

  private static String ofFiles(Path folder, int depth) {
    MessageDigest digest = sha256();
    try (var files = Files.walk(folder, depth)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        String path = folder.relativize(file).toString().replace('\\', '/');
        digest.update((of(file) + " " + path + "\n").getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
