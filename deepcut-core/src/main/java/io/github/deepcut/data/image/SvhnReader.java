package io.github.deepcut.data.image;

import io.github.deepcut.data.ImageSize;
import io.github.deepcut.data.SourceFile;
import io.github.deepcut.data.Table;
import io.github.deepcut.run.InputException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import us.hebi.matlab.mat.format.BufferAllocator;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.format.Mat5File;
import us.hebi.matlab.mat.types.MatFile.Entry;
import us.hebi.matlab.mat.types.MatlabType;
import us.hebi.matlab.mat.types.Matrix;
import us.hebi.matlab.mat.types.Sources;

/**
 * Reads SVHN's cropped digits, {@code train_32x32.mat} and its kin: a MAT file of version 5 (the
 * container is the library's matter) with two arrays,
 *
 * <pre>
 *   X   uint8 (H, W, C, N)    pixels; the first axis runs fastest
 *   y   numbers, N of them    labels 1 to 10; 10 is the digit 0
 * </pre>
 */
final class SvhnReader {
  private static final long DEFLATE = 1032;

  private final SourceFile source;

  SvhnReader(SourceFile source) {
    this.source = source;
  }

  Table read() {
    try (Mat5File file = open()) {
      return images(array(file, "X"), array(file, "y"));
    } catch (InputException e) {
      throw e;
    } catch (IOException | RuntimeException e) { // the library lets both out at damaged bytes
      throw new InputException(
          source.name() + ": no whole MAT file of version 5: " + oneLine(e.getMessage()), e);
    }
  }

  private Mat5File open() throws IOException {
    int most = largestArray();
    try (InputStream in = new BufferedInputStream(source.open(), 1 << 16)) {
      return Mat5.newReader(Sources.wrapInputStream(in))
          .setEntryFilter(e -> e.getName().equals("X") || e.getName().equals("y"))
          .setBufferAllocator(new Limited(most))
          .disableSubsystemProcessing()
          .readMat();
    }
  }

  /** In bytes: DEFLATE packs no tighter than 1 to 1,032, and the file may be packed once more. */
  private int largestArray() {
    long once = Math.multiplyExact(DEFLATE, source.size());
    return (int) Math.min(Integer.MAX_VALUE, source.gzip() ? DEFLATE * once : once);
  }

  /** Refuses to set memory aside for more than the file can hold, whatever it claims. */
  private record Limited(int most) implements BufferAllocator {
    @Override
    public ByteBuffer allocate(int bytes) {
      if (bytes < 0 || bytes > most) {
        throw new IllegalArgumentException("an array of " + bytes + " bytes in so small a file");
      }
      return ByteBuffer.allocate(bytes);
    }

    @Override
    public void release(ByteBuffer buffer) {}
  }

  private Matrix array(Mat5File file, String name) {
    for (Entry entry : file.getEntries()) {
      if (entry.getName().equals(name) && entry.getValue() instanceof Matrix matrix) {
        return matrix;
      }
    }
    throw source.wrong("it holds no whole array of numbers called " + name);
  }

  private Table images(Matrix x, Matrix y) {
    if (x.getType() != MatlabType.UInt8) {
      throw source.wrong("X is of type " + x.getType() + ", expected uint8");
    }
    int[] axes = x.getDimensions();
    int count = axes.length == 3 ? 1 : axes[axes.length - 1]; // MATLAB drops a last axis of 1
    requireShape(axes);
    if (y.getNumElements() != count) {
      throw source.wrong(count + " images in X, but " + y.getNumElements() + " labels in y");
    }
    ImageSize size = new ImageSize(axes[2], axes[0], axes[1]);
    ImageTable images = new ImageTable(source.name());
    for (int i = 0; i < count; i++) {
      images.add(new Pixels(pixels(x, i, size), size), label(y.getDouble(i), i));
    }
    return images.with(List.of());
  }

  private void requireShape(int[] axes) {
    boolean fits = axes.length == 3 || axes.length == 4;
    for (int axis = 0; fits && axis < axes.length; axis++) {
      fits = axes[axis] >= 1 && (axis > 1 || axes[axis] <= Pixels.MAX_SIDE);
    }
    if (!fits || (axes[2] != 1 && axes[2] != 3)) {
      throw source.wrong(
          "X has the shape %s, expected (height, width, channels, images) with 1 or 3 channels"
              .formatted(Arrays.toString(axes)));
    }
  }

  /** One image of (H, W, C, N), first axis fastest, as (C, H, W), last axis fastest. */
  private static byte[] pixels(Matrix x, int image, ImageSize size) {
    byte[] pixels = new byte[size.values()];
    int next = Math.multiplyExact(image, size.values());
    for (int c = 0; c < size.channels(); c++) {
      for (int w = 0; w < size.width(); w++) {
        for (int h = 0; h < size.height(); h++) {
          pixels[(c * size.height() + h) * size.width() + w] = (byte) x.getLong(next++);
        }
      }
    }
    return pixels;
  }

  private String label(double label, int image) {
    if (label != Math.rint(label) || label < 1 || label > 10) {
      throw source.wrong("image %d: label %s, expected 1 to 10".formatted(image, label));
    }
    return Integer.toString((int) label % 10);
  }

  private static String oneLine(String message) {
    return String.valueOf(message).replaceAll("\\s+", " ").strip();
  }
}
