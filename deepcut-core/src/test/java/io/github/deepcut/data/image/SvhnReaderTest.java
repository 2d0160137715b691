package io.github.deepcut.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deepcut.data.ImageSize;
import io.github.deepcut.data.LabeledImage;
import io.github.deepcut.data.Table;
import io.github.deepcut.data.TestFiles;
import io.github.deepcut.run.InputException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.types.MatlabType;

class SvhnReaderTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"train_32x32.mat", "train_32x32.mat.gz"})
  void theFirstAxisRunsFastest(String name) {
    Table table = ImageFiles.read(TestFiles.bytes(folder, name, ImageFixtures.svhn(2, 10, 3)));
    LabeledImage second = ImageFixtures.image(table, 1);
    assertThat(second.size()).isEqualTo(new ImageSize(3, 2, 3));
    // element (h, w, c, n) lies at h + 2·(w + 3·(c + 3·n)), and its value is that place
    assertThat(second.pixels())
        .containsExactly(18, 20, 22, 19, 21, 23, 24, 26, 28, 25, 27, 29, 30, 32, 34, 31, 33, 35);
    assertThat(second.label()).isEqualTo("3");
    assertThat(ImageFixtures.image(table, 0).label()).isEqualTo("0");
  }

  @Test
  void oneImageHasNoFourthAxis() {
    byte[] bytes = ImageFixtures.mat(Mat5.newMatrix(new int[] {2, 2, 3}, MatlabType.UInt8), 1);
    assertThat(ImageFiles.read(TestFiles.bytes(folder, "a.mat", bytes)).size()).isEqualTo(1);
  }

  @Test
  void eachDamageHasItsMessage() {
    assertWrong(ImageFixtures.svhn(2, 1), "a.mat: 2 images in X, but 1 labels in y");
    assertWrong(ImageFixtures.svhn(1, 0), "a.mat: image 0: label 0.0, expected 1 to 10");
    assertWrong(ImageFixtures.svhn(2, 3, 1.5), "a.mat: image 1: label 1.5, expected 1 to 10");
    assertWrong(
        ImageFixtures.mat(Mat5.newMatrix(new int[] {2, 2, 3, 1}), 1),
        "a.mat: X is of type double, expected uint8");
    assertWrong(
        ImageFixtures.mat(Mat5.newMatrix(new int[] {2, 2, 4, 1}, MatlabType.UInt8), 1),
        "a.mat: X has the shape [2, 2, 4, 1], expected (height, width, channels, images) with 1 or"
            + " 3 channels");
    byte[] whole = ImageFixtures.svhn(2, 1, 2);
    assertWrong(
        Arrays.copyOf(whole, whole.length / 2),
        "a.mat: it holds no whole array of numbers called X");
  }

  @Test
  void withoutXThereAreNoImages() {
    byte[] bytes = ImageFixtures.svhn(1, 1);
    byte[] header = Arrays.copyOf(bytes, 128);
    assertWrong(header, "a.mat: it holds no whole array of numbers called X");
  }

  private void assertWrong(byte[] bytes, String message) {
    Path file = TestFiles.bytes(folder, "a.mat", bytes);
    assertThatThrownBy(() -> ImageFiles.read(file))
        .isInstanceOf(InputException.class)
        .hasMessage(message);
  }
}
