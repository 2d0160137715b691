package io.github.deepcut.data;

import io.github.deepcut.run.InputException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reads plain text in UTF-8, gzipped where the name ends in {@code .gz}: a sentence or a paragraph
 * a line.
 */
public final class TextLines {
  private static final Set<String> STRUCTURED =
      Set.of("conll", "bio", "iob", "tsv", "csv", "json", "jsonl", "parquet");

  private TextLines() {}

  /**
   * Gives every line that is not blank to {@code each}, without blanks around it.
   *
   * @throws InputException if the file is missing or empty, holds nothing but blanks, is not UTF-8,
   *     or its extension says that it is no plain text
   */
  public static void read(Path file, Consumer<String> each) {
    SourceFile source = SourceFile.of(file);
    if (STRUCTURED.contains(source.extension())) {
      throw source.wrong(
          "." + source.extension() + " is not plain text, expected a sentence or paragraph a line");
    }
    long number = 0;
    long given = 0;
    try (BufferedReader lines = source.lines()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String text =
            (++number == 1 && line.startsWith("\uFEFF") ? line.substring(1) : line).strip();
        if (!text.isEmpty()) {
          each.accept(text);
          given++;
        }
      }
    } catch (CharacterCodingException e) {
      throw new InputException(source.name() + ": not UTF-8, after line " + number, e);
    } catch (IOException e) {
      throw source.unreadable(e);
    }
    if (given == 0) {
      throw source.wrong("it holds no text");
    }
  }
}
