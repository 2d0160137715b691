package io.github.deepcut.data.image;

import io.github.deepcut.data.Column;
import io.github.deepcut.data.Table;
import io.github.deepcut.run.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * Reads a folder of folders, {@code cat/0017.png}: each is a class and holds its images. Folders
 * and files come in the order of their names. An image's id is its path in the folder, with {@code
 * /}; so is its column {@code file}. If all are grey they keep their one channel, else all have
 * three. Hidden files are passed over.
 */
final class ClassFolders {
  /** An image with what it is called. */
  private record Named(String id, String label, Pixels pixels) {}

  private final Path folder;
  private final String name;
  private final OptionalInt side;
  private final List<Named> images = new ArrayList<>();

  /**
   * @param side to which images are resized
   */
  ClassFolders(Path folder, String name, OptionalInt side) {
    this.folder = folder;
    this.name = name;
    this.side = side;
  }

  static boolean isImage(Path file) {
    return file.getFileName().toString().toLowerCase(Locale.ROOT).matches(".*\\.(png|jpe?g)");
  }

  Table read() {
    try {
      for (Path entry : entries(folder)) {
        if (Files.isDirectory(entry)) {
          readClass(entry);
        } else if (isImage(entry)) {
          throw wrong(entry.getFileName() + " lies in no class folder");
        }
      }
    } catch (IOException e) {
      throw new InputException(name + ": cannot be read: " + e.getMessage(), e);
    }
    if (images.isEmpty()) {
      throw wrong("it holds neither CIFAR batches (.bin) to train on nor a folder for each class");
    }
    return table();
  }

  private void readClass(Path of) throws IOException {
    List<Path> files = entries(of);
    if (files.isEmpty()) {
      throw wrong("class folder '" + of.getFileName() + "' holds no image");
    }
    for (Path file : files) {
      String id = of.getFileName() + "/" + file.getFileName();
      if (!isImage(file) || !Files.isRegularFile(file)) {
        throw wrong(id + ": expected a file .png, .jpg or .jpeg");
      }
      add(new Named(id, of.getFileName().toString(), read(file, id)));
    }
  }

  private Pixels read(Path file, String id) {
    Pixels pixels = ImageFile.read(file, name + "/" + id);
    return side.isPresent() ? Resize.to(side.getAsInt(), pixels) : pixels;
  }

  private void add(Named image) {
    images.add(image);
    var first = images.get(0).pixels().size();
    var size = image.pixels().size();
    if (size.height() != first.height() || size.width() != first.width()) {
      throw wrong(
          "%s has %d × %d pixels, %s has %d × %d: expected one size; resize them with --image-size N"
              .formatted(
                  image.id(),
                  size.width(),
                  size.height(),
                  images.get(0).id(),
                  first.width(),
                  first.height()));
    }
  }

  private Table table() {
    boolean grey = images.stream().allMatch(i -> i.pixels().size().channels() == 1);
    ImageTable table = new ImageTable(name);
    for (Named i : images) {
      table.add(i.id(), grey ? i.pixels() : i.pixels().coloured(), i.label());
    }
    List<String> files = images.stream().map(Named::id).toList();
    return table.with(List.of(new Column("file", "VARCHAR", files)));
  }

  private static List<Path> entries(Path of) throws IOException {
    try (var entries = Files.list(of)) {
      return entries.filter(e -> !e.getFileName().toString().startsWith(".")).sorted().toList();
    }
  }

  private InputException wrong(String message) {
    return new InputException(name + ": " + message);
  }
}
