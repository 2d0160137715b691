package io.github.deepcut.data.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepcut.data.LabeledImage;
import io.github.deepcut.data.Table;
import io.github.deepcut.data.TestFiles;
import io.github.deepcut.run.InputException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the bytes, a reader gives whole images or one line that says what is wrong. */
class ImageFuzzTest {
  @TempDir Path folder;

  @BeforeEach
  void labels() {
    TestFiles.bytes(folder, "x-labels-idx1-ubyte", ImageFixtures.idxLabels(1, 2));
  }

  private byte[] whole(String name) throws IOException {
    return switch (name) {
      case "x.bin" -> ImageFixtures.cifar(new int[] {1}, new int[] {2});
      case "x-images-idx3-ubyte" -> ImageFixtures.idxImages(2);
      case "x.mat" -> ImageFixtures.svhn(2, 1, 2);
      default ->
          Files.readAllBytes(
              ImageFixtures.image(
                  folder.resolve(name), BufferedImage.TYPE_3BYTE_BGR, 2, 1, 2, 3, 4));
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"x.bin", "x-images-idx3-ubyte", "x.mat"})
  void everyCutIsRefused(String name) throws IOException {
    byte[] whole = whole(name);
    assertThat(read(name, whole)).isTrue();
    int step = Math.max(1, whole.length / 200);
    for (int length = 0; length < whole.length; length += step) {
      boolean oneRecord = name.equals("x.bin") && length == 3073;
      assertThat(read(name, Arrays.copyOf(whole, length)))
          .as("%d bytes", length)
          .isEqualTo(oneRecord);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"x.bin", "x-images-idx3-ubyte", "x.mat", "x.png", "x.jpg"})
  void changedAndAddedBytesNeverCrash(String name) throws IOException {
    byte[] whole = whole(name);
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 400; i++) {
      byte[] bytes = Arrays.copyOf(whole, whole.length + (i % 3 == 0 ? random.nextInt(100) : 0));
      for (int change = 0; change <= i % 4; change++) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      read(name, bytes);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"x.bin.gz", "x-images-idx3-ubyte", "x.mat", "x.mat.gz", "x.png", "x.jpg"})
  void randomBytesAreRefused(String name) {
    SplittableRandom random = new SplittableRandom(8);
    for (int length : List.of(1, 2, 15, 16, 100, 127, 128, 129, 136, 200, 1000, 5000)) {
      byte[] bytes = new byte[length];
      random.nextBytes(bytes);
      assertThat(read(name, bytes)).as("%d bytes", length).isFalse();
    }
  }

  /** Whether the bytes were taken for images. */
  private boolean read(String name, byte[] bytes) {
    Path file = TestFiles.bytes(folder, name, bytes);
    try {
      Table table = ImageFiles.read(file);
      assertThat(table.dataset().examples())
          .isNotEmpty()
          .allMatch(e -> ((LabeledImage) e).pixels().length == ((LabeledImage) e).size().values());
      return true;
    } catch (InputException e) {
      assertThat(e.getMessage()).contains(": ").doesNotContain("\n").doesNotContain("null");
      return false;
    }
  }
}
