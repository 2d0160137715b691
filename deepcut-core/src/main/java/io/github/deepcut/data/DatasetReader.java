package io.github.deepcut.data;

import io.github.deepcut.run.InputException;
import java.nio.file.Path;

/**
 * Reads data files, chosen by their extension, each also with {@code .gz} behind it:
 *
 * <ul>
 *   <li>{@code .conll .bio .iob .txt}, and {@code .tsv} for tagging: CoNLL columns
 *   <li>{@code .jsonl .json .csv .parquet}, and {@code .tsv} for classification: the columns {@code
 *       text}, {@code text_pair} (optional) and {@code label}, or {@code tokens} and {@code tags}
 * </ul>
 *
 * An example's id is its {@code id} column, else its 0-based position.
 */
public final class DatasetReader {
  private DatasetReader() {}

  /**
   * Reads {@code file} whole.
   *
   * @throws InputException if it is missing or empty, if a column or a value is missing, or if a
   *     value breaks a rule; the message is one line with file, line or row, value and rule
   */
  public static Table read(Path file, Task task) {
    SourceFile source = SourceFile.of(file);
    return switch (source.extension()) {
      case "conll", "bio", "iob", "txt" -> conll(source, task);
      case "tsv" -> task == Task.NER ? conll(source, task) : TabularReader.read(source, task);
      case "csv", "json", "jsonl", "parquet" -> TabularReader.read(source, task);
      default ->
          throw source.wrong(
              "unknown extension '"
                  + source.extension()
                  + "', expected .conll, .bio, .iob, .txt, .tsv, .csv, .json, .jsonl or .parquet"
                  + " (or one of them with .gz)");
    };
  }

  private static Table conll(SourceFile source, Task task) {
    if (task != Task.NER) {
      throw source.wrong(
          "CoNLL columns hold tagged words; " + task.key() + " reads .jsonl, .csv or .parquet");
    }
    return new ConllReader(source).read();
  }
}
