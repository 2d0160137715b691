package io.github.deepcut.data.image;

import io.github.deepcut.data.Dataset;
import io.github.deepcut.data.Example;
import io.github.deepcut.data.LabeledImage;
import io.github.deepcut.data.SourceFile;
import io.github.deepcut.data.Table;
import io.github.deepcut.run.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/**
 * Reads images with their labels:
 *
 * <ul>
 *   <li>{@code .bin}, or a folder of them: CIFAR-10 or CIFAR-100 ({@link CifarReader})
 *   <li>{@code …-images-idx3-ubyte}, labels beside it: MNIST and its kin ({@link IdxReader})
 *   <li>{@code .mat}: SVHN ({@link SvhnReader})
 *   <li>a folder of one folder for each class, of PNG and JPEG files ({@link ClassFolders})
 *   <li>one {@code .png .jpg .jpeg}: an image without a label, to ask a model about
 * </ul>
 *
 * The first three also with {@code .gz}. Of a folder of batches those are read whose names do not
 * begin with {@code test}, in the order of their names. An example's id is its 0-based position; in
 * class folders its path there.
 */
public final class ImageFiles {
  private ImageFiles() {}

  /**
   * Reads {@code path}; images keep their size.
   *
   * @throws InputException if it is missing, empty, damaged or breaks a rule of its format
   */
  public static Table read(Path path) {
    return read(path, OptionalInt.empty());
  }

  /**
   * The same.
   *
   * @param side height and width to which all images are resized, if present
   */
  public static Table read(Path path, OptionalInt side) {
    if (side.isPresent() && (side.getAsInt() < 1 || side.getAsInt() > Pixels.MAX_SIDE)) {
      throw new InputException(
          "image size " + side.getAsInt() + ": expected 1 to " + Pixels.MAX_SIDE);
    }
    if (!Files.isDirectory(path)) {
      return resized(file(SourceFile.of(path)), side);
    }
    String name = path.toAbsolutePath().normalize().getFileName().toString();
    List<SourceFile> batches = batches(path, name);
    return batches.isEmpty()
        ? new ClassFolders(path, name, side).read()
        : resized(CifarReader.read(batches, name), side);
  }

  private static Table file(SourceFile source) {
    if (IdxReader.reads(source)) {
      return IdxReader.read(source);
    }
    return switch (source.extension()) {
      case "bin" -> CifarReader.read(List.of(source), source.name());
      case "mat" -> new SvhnReader(source).read();
      case "png", "jpg", "jpeg" -> {
        ImageTable one = new ImageTable(source.name());
        one.addOf(source.name(), ImageFile.read(source.path(), source.name()), null);
        yield one.with(List.of());
      }
      default ->
          throw source.wrong(
              "no file of images: expected .bin, .mat, …-images-idx3-ubyte (or one of them with"
                  + " .gz), .png, .jpg, .jpeg, or a folder");
    };
  }

  private static List<SourceFile> batches(Path folder, String name) {
    try (var files = Files.list(folder)) {
      List<String> names = files.map(f -> f.getFileName().toString()).sorted().toList();
      for (String file : names) {
        if (file.endsWith(".bin") && names.contains(file + ".gz")) {
          throw new InputException(
              "%s: both %s and %2$s.gz lie there, expected one".formatted(name, file));
        }
      }
      return names.stream()
          .filter(f -> f.matches("(?!test).*\\.bin(\\.gz)?"))
          .map(f -> SourceFile.of(folder.resolve(f)))
          .toList();
    } catch (IOException e) {
      throw new InputException(name + ": cannot be read: " + e.getMessage(), e);
    }
  }

  private static Table resized(Table table, OptionalInt side) {
    if (side.isEmpty()) {
      return table;
    }
    Dataset data = table.dataset();
    List<Example> images =
        data.examples().stream()
            .<Example>map(example -> resized((LabeledImage) example, side.getAsInt()))
            .toList();
    return new Table(
        new Dataset(data.task(), data.source(), images), table.rawIds(), table.extras());
  }

  private static LabeledImage resized(LabeledImage image, int side) {
    Pixels pixels = Resize.to(side, new Pixels(image.pixels(), image.size()));
    return new LabeledImage(image.id(), pixels.values(), pixels.size(), image.label());
  }
}
