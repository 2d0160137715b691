package io.github.deepcut.data;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** Writes the small files that tests read. */
public final class TestFiles {
  private TestFiles() {}

  /** Writes lines; packed where the name ends in {@code .gz}. */
  public static Path write(Path folder, String name, String... lines) {
    return bytes(folder, name, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** Writes bytes; packed where the name ends in {@code .gz}. */
  public static Path bytes(Path folder, String name, byte[] bytes) {
    Path file = folder.resolve(name);
    try (OutputStream out = Files.newOutputStream(file);
        OutputStream packed = name.endsWith(".gz") ? new GZIPOutputStream(out) : out) {
      packed.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }
}
