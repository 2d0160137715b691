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
record SourceFile(Path path, String name, String extension, boolean gzip) {

  /**
   * @throws InputException if it is missing, no file or empty
   */
  static SourceFile of(Path path) {
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
  long size() {
    try {
      return Files.size(path);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  InputStream open() throws IOException {
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
  BufferedReader lines() throws IOException {
    return new BufferedReader(new InputStreamReader(open(), UTF_8.newDecoder()));
  }

  InputException wrong(String message) {
    return new InputException(name + ": " + message);
  }

  InputException unreadable(IOException e) {
    String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return new InputException(name + ": cannot be read: " + why, e);
  }
}
