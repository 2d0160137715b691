package io.github.deepcut.data;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.deepcut.run.InputException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/**
 * A data file that is known to exist.
 *
 * @param name its file name, for messages
 * @param extension in lower case, without the dot and without {@code .gz}
 */
public record SourceFile(Path path, String name, String extension, boolean gzip) {

  /**
   * Finds a file.
   *
   * @throws InputException if it is missing, no file or empty
   */
  public static SourceFile of(Path path) {
    if (Files.isDirectory(path)) {
      throw new InputException(path + " is a folder, expected a file");
    }
    if (!Files.isReadable(path)) {
      throw new InputException(path + ": no such file, or it cannot be read");
    }
    String name = path.getFileName().toString();
    boolean gzip = name.toLowerCase(Locale.ROOT).endsWith(".gz");
    String plain = gzip ? name.substring(0, name.length() - 3) : name;
    String extension = plain.substring(plain.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    SourceFile file = new SourceFile(path, name, extension, gzip);
    if (file.size() == 0) {
      throw file.wrong("the file is empty");
    }
    return file;
  }

  /** In bytes. */
  public long size() {
    try {
      return Files.size(path);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** Its bytes, unpacked. */
  public InputStream open() throws IOException {
    InputStream in = Files.newInputStream(path);
    if (!gzip) {
      return in;
    }
    try {
      return new GZIPInputStream(in, 1 << 16);
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  /** Its lines; bytes that are not UTF-8 end in a CharacterCodingException. */
  public BufferedReader lines() throws IOException {
    return new BufferedReader(new InputStreamReader(open(), UTF_8.newDecoder()));
  }

  /** The error that says what is wrong with its content. */
  public InputException wrong(String message) {
    return new InputException(name + ": " + message);
  }

  /** The error that says why it cannot be read. */
  public InputException unreadable(IOException e) {
    String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return new InputException(name + ": cannot be read: " + why, e);
  }
}
