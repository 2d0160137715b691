package io.github.deepcut.data.image;

import io.github.deepcut.data.ImageSize;
import io.github.deepcut.data.SourceFile;
import io.github.deepcut.data.Table;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads a pair of IDX files, as MNIST and its kin have: grey images in {@code …-images-idx3-ubyte},
 * their labels beside it in {@code …-labels-idx1-ubyte}. Numbers are big-endian.
 *
 * <pre>
 * images                                    labels
 *   0   int   0x00000803: bytes, 3 axes       0   int   0x00000801: bytes, 1 axis
 *   4   int   images, N                       4   int   labels, N
 *   8   int   rows, H                         8   N labels, a byte each
 *   12  int   columns, W
 *   16  N·H·W pixels, row after row
 * </pre>
 */
final class IdxReader {
  private static final int IMAGES = 0x00000803;
  private static final int LABELS = 0x00000801;

  private IdxReader() {}

  static boolean reads(SourceFile source) {
    return source.name().matches(".*images.idx3-ubyte(\\.gz)?");
  }

  static Table read(SourceFile source) {
    SourceFile labelFile = labelFile(source);
    byte[] labels = labels(labelFile);
    ImageTable images = new ImageTable(source.name());
    try (DataInputStream in = open(source)) {
      requireMagic(source, IMAGES, in.readInt());
      int count = in.readInt();
      if (count != labels.length) {
        throw source.wrong(
            count + " images, but " + labelFile.name() + " holds " + labels.length + " labels");
      }
      int height = side(source, "rows", in.readInt());
      int width = side(source, "columns", in.readInt());
      ImageSize size = new ImageSize(1, height, width);
      for (int i = 0; i < count; i++) {
        Pixels pixels = new Pixels(exactly(source, in, size.values(), "image " + i), size);
        images.add(pixels, Integer.toString(Byte.toUnsignedInt(labels[i])));
      }
      requireEnd(source, in);
    } catch (IOException e) {
      throw unreadable(source, e);
    }
    return images.with(List.of());
  }

  private static SourceFile labelFile(SourceFile images) {
    String plain = images.name().replaceFirst("\\.gz$", "");
    String name = plain.replaceFirst("images(.)idx3-ubyte$", "labels$1idx1-ubyte");
    Path same = images.path().resolveSibling(images.gzip() ? name + ".gz" : name);
    Path other = images.path().resolveSibling(images.gzip() ? name : name + ".gz");
    if (!Files.exists(same) && !Files.exists(other)) {
      throw images.wrong("no " + same.getFileName() + " lies beside it");
    }
    return SourceFile.of(Files.exists(same) ? same : other);
  }

  private static byte[] labels(SourceFile source) {
    try (DataInputStream in = open(source)) {
      requireMagic(source, LABELS, in.readInt());
      int count = in.readInt();
      if (count < 0) {
        throw source.wrong(count + " labels, expected 0 or more");
      }
      byte[] labels = exactly(source, in, count, "label list");
      requireEnd(source, in);
      return labels;
    } catch (IOException e) {
      throw unreadable(source, e);
    }
  }

  private static DataInputStream open(SourceFile source) throws IOException {
    return new DataInputStream(new BufferedInputStream(source.open(), 1 << 16));
  }

  private static void requireMagic(SourceFile source, int expected, int found) {
    if (found != expected) {
      throw source.wrong("it begins with 0x%08x, expected 0x%08x".formatted(found, expected));
    }
  }

  private static int side(SourceFile source, String what, int value) {
    if (value < 1 || value > Pixels.MAX_SIDE) {
      throw source.wrong(value + " " + what + ", expected 1 to " + Pixels.MAX_SIDE);
    }
    return value;
  }

  /** Takes no more memory than there are bytes, whatever {@code length} the file claims. */
  private static byte[] exactly(SourceFile source, DataInputStream in, int length, String what)
      throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw source.wrong("cut short: %s has %d bytes of %d".formatted(what, bytes.length, length));
    }
    return bytes;
  }

  private static void requireEnd(SourceFile source, DataInputStream in) throws IOException {
    if (in.read() >= 0) {
      throw source.wrong("it goes on after what its header counts");
    }
  }

  private static RuntimeException unreadable(SourceFile source, IOException e) {
    return e instanceof EOFException && e.getMessage() == null
        ? source.wrong("cut short: it ends within its header")
        : source.unreadable(e);
  }
}
