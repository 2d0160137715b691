package io.github.deepcut.data.image;

import io.github.deepcut.data.Column;
import io.github.deepcut.data.Dataset;
import io.github.deepcut.data.Example;
import io.github.deepcut.data.LabeledImage;
import io.github.deepcut.data.Table;
import io.github.deepcut.data.Task;
import io.github.deepcut.run.InputException;
import java.util.ArrayList;
import java.util.List;

/** Collects the images of a source. */
final class ImageTable {
  private final String source;
  private final List<Example> images = new ArrayList<>();
  private final List<String> files = new ArrayList<>();

  ImageTable(String source) {
    this.source = source;
  }

  /** Adds an image whose id is its position. */
  void add(Pixels pixels, String label) {
    add(Integer.toString(images.size()), pixels, label);
  }

  void add(String id, Pixels pixels, String label) {
    images.add(new LabeledImage(id, pixels.values(), pixels.size(), label));
  }

  /** Adds an image whose id is its position, and the file that it is from. */
  void addOf(String file, Pixels pixels, String label) {
    files.add(file);
    add(pixels, label);
  }

  int size() {
    return images.size();
  }

  /** All of them, with a column {@code file} where that was told, and others. */
  Table with(List<Column> others) {
    if (images.isEmpty()) {
      throw new InputException(source + ": it holds no image");
    }
    List<Column> columns = new ArrayList<>();
    if (!files.isEmpty()) {
      columns.add(new Column("file", "VARCHAR", files));
    }
    columns.addAll(others);
    List<String> ids = images.stream().map(Example::id).toList();
    return new Table(new Dataset(Task.IMAGE, source, images), ids, columns);
  }
}
