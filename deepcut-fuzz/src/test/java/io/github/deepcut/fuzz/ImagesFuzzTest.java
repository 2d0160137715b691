package io.github.deepcut.fuzz;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.deepcut.data.LabeledImage;
import io.github.deepcut.data.image.ImageFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.zip.DeflaterOutputStream;

/** Every format of images. */
class ImagesFuzzTest {
  private static void read(Path file) {
    Refusal.none(
        () ->
            assertThat(ImageFiles.read(file).dataset().examples())
                .isNotEmpty()
                .allMatch(
                    e -> ((LabeledImage) e).pixels().length == ((LabeledImage) e).size().values()));
  }

  /** Images, then labels. */
  @FuzzTest
  void idx(byte[] bytes) {
    Parts parts = Parts.of(bytes);
    Path folder = Scratch.folder("idx");
    Scratch.file(folder, "x-labels-idx1-ubyte", parts.get(1));
    read(Scratch.file(folder, "x-images-idx3-ubyte", parts.get(0)));
  }

  /** Records, filled up to a whole number of them; then the labels' names. */
  @FuzzTest
  void cifar10(byte[] bytes) {
    cifar(Parts.of(bytes), 3073, "batches.meta.txt");
  }

  /** The same, and the names of the coarse labels. */
  @FuzzTest
  void cifar100(byte[] bytes) {
    cifar(Parts.of(bytes), 3074, "fine_label_names.txt", "coarse_label_names.txt");
  }

  private static void cifar(Parts parts, int record, String... names) {
    Path folder = Scratch.folder("cifar" + record);
    for (int i = 0; i < names.length; i++) {
      Path file = Scratch.file(folder, names[i], parts.get(i + 1));
      assertThat(parts.has(i + 1) || file.toFile().delete()).isTrue();
    }
    byte[] records = parts.get(0);
    int whole = (records.length + record - 1) / record * record;
    read(Scratch.file(folder, "x.bin", Arrays.copyOf(records, whole)));
    read(Scratch.file(folder, "y.bin", records));
  }

  @FuzzTest
  void mat(byte[] bytes) {
    read(Scratch.file("x.mat", bytes));
  }

  /** What a MAT file has packed: damage that the checksum of the packing would hide. */
  @FuzzTest
  void matPacked(byte[] bytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (var deflater = new DeflaterOutputStream(packed)) {
      deflater.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ByteBuffer file = ByteBuffer.allocate(136 + packed.size());
    file.put(Arrays.copyOf("MATLAB 5.0 MAT-file".getBytes(US_ASCII), 124));
    file.putShort((short) 0x100).putShort((short) 0x4D49);
    file.putInt(15).putInt(packed.size()).put(packed.toByteArray());
    read(Scratch.file("packed.mat", file.array()));
  }

  @FuzzTest
  void png(byte[] bytes) {
    picture(Scratch.file("x.png", bytes));
  }

  @FuzzTest
  void jpeg(byte[] bytes) {
    picture(Scratch.file("x.jpg", bytes));
  }

  private static void picture(Path file) {
    read(file);
    Refusal.none(() -> ImageFiles.read(file, OptionalInt.of(3)));
  }
}
