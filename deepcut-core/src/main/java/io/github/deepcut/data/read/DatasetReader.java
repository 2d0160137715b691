package io.github.deepcut.data.read;

import io.github.deepcut.data.Dataset;
import io.github.deepcut.data.SourceFile;
import io.github.deepcut.data.Table;
import io.github.deepcut.data.Task;
import io.github.deepcut.data.image.ImageFiles;
import io.github.deepcut.run.InputException;
import io.github.deepcut.run.Unchanged;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/**
 * Reads data files, chosen by their extension, each also with {@code .gz} behind it:
 *
 * <ul>
 *   <li>{@code .conll .bio .iob .txt}, and {@code .tsv} for tagging: CoNLL columns
 *   <li>{@code .jsonl .json .csv .parquet}, and {@code .tsv} for classification: the columns {@code
 *       text}, {@code text_pair} (optional) and {@code label}, or {@code tokens} and {@code tags}
 * </ul>
 *
 * An example's id is its {@code id} column, else its 0-based position. Images are read by {@link
 * ImageFiles}.
 */
public final class DatasetReader {
  private DatasetReader() {}

  /** Bytes from which a file stays on disk; a quarter of it where the file is packed. */
  static final long LARGE = 64 << 20;

  /**
   * Reads {@code file}. Large ones stay on disk: {@link Dataset#examples} reads them one by one.
   * That does not hold for CoNLL columns and {@code .parquet.gz}, which are read whole.
   *
   * @throws InputException if it is missing or empty, if a column or a value is missing, or if a
   *     value breaks a rule; the message is one line with file, line or row, value and rule
   */
  public static Table read(Path file, Task task) {
    return read(file, task, LARGE);
  }

  /**
   * The same.
   *
   * @param imageSize height and width to which images are resized, if present
   * @throws InputException also where that is present and the task is another
   */
  public static Table read(Path file, Task task, OptionalInt imageSize) {
    if (task == Task.IMAGE) {
      return ImageFiles.read(file, imageSize);
    }
    if (imageSize.isPresent()) {
      throw new InputException("--image-size is for images; the task is " + task.key());
    }
    return read(file, task);
  }

  /**
   * Reads a file that stays where it is if it is large.
   *
   * @param large bytes from which a file stays on disk
   */
  public static Table read(Path file, Task task, long large) {
    if (task == Task.IMAGE) {
      return ImageFiles.read(file);
    }
    Unchanged unchanged = Unchanged.of(List.of(file));
    Table table = text(file, task, large);
    unchanged.require();
    return table;
  }

  private static Table text(Path file, Task task, long large) {
    SourceFile source = SourceFile.of(file);
    return switch (source.extension()) {
      case "conll", "bio", "iob", "txt" -> conll(source, task);
      case "tsv" -> task == Task.NER ? conll(source, task) : tabular(source, task, large);
      case "csv", "json", "jsonl", "parquet" -> tabular(source, task, large);
      default ->
          throw source.wrong(
              "unknown extension '"
                  + source.extension()
                  + "', expected .conll, .bio, .iob, .txt, .tsv, .csv, .json, .jsonl or .parquet"
                  + " (or one of them with .gz)");
    };
  }

  private static Table tabular(SourceFile source, Task task, long large) {
    boolean parquet = source.extension().equals("parquet");
    boolean packed = source.gzip() || parquet;
    return source.size() < (packed ? large / 4 : large) || (source.gzip() && parquet)
        ? TabularReader.read(source, task)
        : LargeReader.read(source, task);
  }

  private static Table conll(SourceFile source, Task task) {
    if (task != Task.NER) {
      throw source.wrong(
          "CoNLL columns hold tagged words; " + task.key() + " reads .jsonl, .csv or .parquet");
    }
    return new ConllReader(source).read();
  }
}
