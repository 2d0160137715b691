package io.github.deepcut.app.command;

import io.github.deepcut.FineTunedModel;
import io.github.deepcut.data.Dataset;
import io.github.deepcut.data.Table;
import io.github.deepcut.data.Task;
import io.github.deepcut.data.read.DatasetReader;
import io.github.deepcut.run.InputException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Option;

/** How data are read: images may be resized. */
final class ImageOptions {
  @Option(
      names = "--image-size",
      paramLabel = "N",
      description =
          "Resize images to N × N pixels (default: to what the model was trained at, if that was"
              + " given then; else they keep their size).")
  private Integer size;

  /** The size asked for; 0: none. */
  int size() {
    if (size != null && size < 1) {
      throw new InputException("--image-size " + size + ": expected 1 or more");
    }
    return size == null ? 0 : size;
  }

  /** Data to train on, or to judge a training by. */
  Table read(Path file, Task task) {
    return DatasetReader.read(file, task, size() == 0 ? OptionalInt.empty() : OptionalInt.of(size));
  }

  /** Data for a model that there is. */
  Table read(Path file, FineTunedModel model) {
    return size() == 0 ? model.read(file) : read(file, model.task());
  }

  /** To what images were resized; empty where they were not, and of texts. */
  OptionalInt sizeFor(FineTunedModel model) {
    if (model.task() != Task.IMAGE) {
      return OptionalInt.empty();
    }
    return size() == 0 ? model.resizing() : OptionalInt.of(size());
  }

  /** The same without ids and columns, where there is a file. */
  Optional<Dataset> dataset(Path fileOrNull, FineTunedModel model) {
    return Optional.ofNullable(fileOrNull).map(file -> read(file, model).dataset());
  }
}
