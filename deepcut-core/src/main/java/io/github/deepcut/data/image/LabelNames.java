package io.github.deepcut.data.image;

import io.github.deepcut.data.SourceFile;
import io.github.deepcut.run.InputException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;

/**
 * What the labels of a data file are called.
 *
 * @param file where it is written, one a line; null where a label is called by its number
 */
record LabelNames(String file, List<String> names) {

  /** Those of {@code file} if it lies in {@code folder}, else numbers. */
  static LabelNames beside(Path folder, String file) {
    Path path = folder.resolve(file);
    if (!Files.exists(path)) {
      return new LabelNames(null, List.of());
    }
    SourceFile source = SourceFile.of(path);
    try (BufferedReader lines = source.lines()) {
      List<String> names =
          lines.lines().map(String::strip).filter(name -> !name.isEmpty()).toList();
      if (new HashSet<>(names).size() < names.size()) {
        throw source.wrong("a label is named twice, expected a different name on each line");
      }
      return new LabelNames(file, names);
    } catch (IOException e) {
      throw source.unreadable(e);
    } catch (java.io.UncheckedIOException e) {
      throw source.unreadable(e.getCause());
    }
  }

  /**
   * @param place of the label, for messages
   * @throws InputException if the file names fewer
   */
  String of(int label, String place) {
    if (file == null) {
      return Integer.toString(label);
    }
    if (label >= names.size()) {
      throw new InputException(
          "%s: label %d, but %s names 0 to %d".formatted(place, label, file, names.size() - 1));
    }
    return names.get(label);
  }
}
