package io.github.deepcut.data.image;

import io.github.deepcut.data.Dataset;
import io.github.deepcut.data.Example;
import io.github.deepcut.data.ImageSize;
import io.github.deepcut.data.LabeledImage;
import io.github.deepcut.data.Table;
import io.github.deepcut.data.Task;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import javax.imageio.ImageIO;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.types.MatlabType;
import us.hebi.matlab.mat.types.Matrix;
import us.hebi.matlab.mat.types.Sinks;

/** The bytes of small image files. */
final class ImageFixtures {
  private ImageFixtures() {}

  /** Records of CIFAR: pixel i of record r is (r + i) modulo 251. */
  static byte[] cifar(int[]... labels) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int r = 0; r < labels.length; r++) {
      for (int label : labels[r]) {
        out.write(label);
      }
      for (int i = 0; i < 3072; i++) {
        out.write((r + i) % 251);
      }
    }
    return out.toByteArray();
  }

  /** An IDX file of images with 2 rows and 3 columns: pixel i of all is i. */
  static byte[] idxImages(int count) {
    ByteBuffer bytes = ByteBuffer.allocate(16 + 6 * count);
    bytes.putInt(0x803).putInt(count).putInt(2).putInt(3);
    for (int i = 0; i < 6 * count; i++) {
      bytes.put((byte) i);
    }
    return bytes.array();
  }

  static byte[] idxLabels(int... labels) {
    ByteBuffer bytes = ByteBuffer.allocate(8 + labels.length);
    bytes.putInt(0x801).putInt(labels.length);
    for (int label : labels) {
      bytes.put((byte) label);
    }
    return bytes.array();
  }

  /** A MAT file with X (2, 3, 3, N), whose values count up in the order of the file, and y. */
  static byte[] svhn(int images, double... labels) {
    Matrix x = Mat5.newMatrix(new int[] {2, 3, 3, images}, MatlabType.UInt8);
    for (int i = 0; i < x.getNumElements(); i++) {
      x.setLong(i, i % 256);
    }
    return mat(x, labels);
  }

  static byte[] mat(Matrix x, double... labels) {
    Matrix y = Mat5.newMatrix(labels.length, 1);
    for (int i = 0; i < labels.length; i++) {
      y.setDouble(i, labels[i]);
    }
    ByteBuffer bytes = ByteBuffer.allocate(1 << 16);
    try {
      Mat5.newWriter(Sinks.wrap(bytes))
          .setDeflateLevel(Deflater.DEFAULT_COMPRESSION)
          .writeMat(Mat5.newMatFile().addArray("X", x).addArray("y", y));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    byte[] written = new byte[bytes.position()];
    bytes.flip().get(written);
    return written;
  }

  /** Writes an image of this kind ({@code BufferedImage.TYPE_…}) whose pixels are the colours. */
  static Path image(Path file, int type, int width, int... colours) {
    BufferedImage image = new BufferedImage(width, colours.length / width, type);
    for (int i = 0; i < colours.length; i++) {
      if (type == BufferedImage.TYPE_BYTE_GRAY) {
        image.getRaster().setSample(i % width, i / width, 0, colours[i] & 255);
      } else {
        image.setRGB(i % width, i / width, colours[i]);
      }
    }
    return write(file, image);
  }

  static Path write(Path file, BufferedImage image) {
    String name = file.toString();
    String format = name.substring(name.lastIndexOf('.') + 1).replace("jpg", "jpeg");
    try {
      Files.createDirectories(file.getParent());
      if (!ImageIO.write(image, format, file.toFile())) {
        throw new IllegalArgumentException("nothing writes " + file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }

  /** Images of one size with these labels; all pixels of image i are {@code values[i]}. */
  static Dataset plain(ImageSize size, int[] values, String... labels) {
    List<Example> images = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      byte[] pixels = new byte[size.values()];
      java.util.Arrays.fill(pixels, (byte) values[i]);
      images.add(new LabeledImage(Integer.toString(i), pixels, size, labels[i]));
    }
    return new Dataset(Task.IMAGE, "made.bin", images);
  }

  static LabeledImage image(Table table, int position) {
    return (LabeledImage) table.dataset().examples().get(position);
  }

  /** Its values as numbers from 0 to 255. */
  static int[] values(LabeledImage image) {
    return values(image.pixels());
  }

  static int[] values(byte[] pixels) {
    int[] values = new int[pixels.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = Byte.toUnsignedInt(pixels[i]);
    }
    return values;
  }
}
