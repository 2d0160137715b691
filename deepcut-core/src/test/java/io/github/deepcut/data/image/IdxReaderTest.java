package io.github.deepcut.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deepcut.data.ForgetRequest.Where;
import io.github.deepcut.data.ForgetRequest.WholeClass;
import io.github.deepcut.data.ImageSize;
import io.github.deepcut.data.Table;
import io.github.deepcut.data.TestFiles;
import io.github.deepcut.run.InputException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdxReaderTest {
  private static final String IMAGES = "x-images-idx3-ubyte";
  private static final String LABELS = "x-labels-idx1-ubyte";

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "x-images-idx3-ubyte, x-labels-idx1-ubyte",
    "x-images-idx3-ubyte.gz, x-labels-idx1-ubyte.gz",
    "x-images-idx3-ubyte.gz, x-labels-idx1-ubyte",
    "x-images.idx3-ubyte, x-labels.idx1-ubyte.gz",
  })
  void aPairIsImagesAndLabels(String images, String labels) {
    TestFiles.bytes(folder, labels, ImageFixtures.idxLabels(10, 2, 2));
    Table table = ImageFiles.read(TestFiles.bytes(folder, images, ImageFixtures.idxImages(3)));
    assertThat(table.dataset().labels()).containsExactly("2", "10");
    assertThat(table.rawIds()).containsExactly("0", "1", "2");
    assertThat(ImageFixtures.image(table, 1).size()).isEqualTo(new ImageSize(1, 2, 3));
    assertThat(ImageFixtures.image(table, 1).pixels()).containsExactly(6, 7, 8, 9, 10, 11);
    assertThat(new WholeClass("2").split(table).forget()).containsExactly(1, 2);
  }

  @Test
  void idsThatArePositionsCompareAsNumbers() {
    int[] labels = new int[120];
    labels[7] = 5;
    labels[110] = 5;
    TestFiles.bytes(folder, LABELS, ImageFixtures.idxLabels(labels));
    Table table = ImageFiles.read(TestFiles.bytes(folder, IMAGES, ImageFixtures.idxImages(120)));
    assertThat(new Where("id < 12").split(table).forget()).hasSize(12);
    assertThat(new Where("id IN ('3', '11')").split(table).forget()).containsExactly(3, 11);
    assertThat(new Where("label = '5'").split(table).forget()).containsExactly(7, 110);
    assertThat(new Where("label = '5' AND position > 7").split(table).forget())
        .containsExactly(110);
    assertThatThrownBy(() -> new Where("text = 'a'").split(table))
        .isInstanceOf(InputException.class)
        .hasMessageEndingWith("; the columns are: position, id, label");
  }

  @Test
  void eachDamageHasItsMessage() {
    byte[] labels = ImageFixtures.idxLabels(1, 2);
    byte[] images = ImageFixtures.idxImages(2);
    assertWrong(images, null, IMAGES + ": no " + LABELS + " lies beside it");
    assertWrong(
        images, Arrays.copyOf(labels, 9), LABELS + ": cut short: label list has 1 bytes of 2");
    assertWrong(
        images, Arrays.copyOf(labels, 11), LABELS + ": it goes on after what its header counts");
    assertWrong(
        images, Arrays.copyOf(labels, 7), LABELS + ": cut short: it ends within its header");
    assertWrong(images, images, LABELS + ": it begins with 0x00000803, expected 0x00000801");
    assertWrong(labels, labels, IMAGES + ": it begins with 0x00000801, expected 0x00000803");
    assertWrong(
        ImageFixtures.idxImages(3),
        labels,
        IMAGES + ": 3 images, but " + LABELS + " holds 2 labels");
    assertWrong(
        Arrays.copyOf(images, 27), labels, IMAGES + ": cut short: image 1 has 5 bytes of 6");
    assertWrong(
        Arrays.copyOf(images, 29), labels, IMAGES + ": it goes on after what its header counts");
    assertWrong(
        ByteBuffer.wrap(images.clone()).putInt(8, -1).array(),
        labels,
        IMAGES + ": -1 rows, expected 1 to 8192");
    assertWrong(
        images,
        ByteBuffer.wrap(labels.clone()).putInt(4, Integer.MIN_VALUE).array(),
        LABELS + ": -2147483648 labels, expected 0 or more");
    assertWrong(
        ImageFixtures.idxImages(0), ImageFixtures.idxLabels(), IMAGES + ": it holds no image");
  }

  private void assertWrong(byte[] images, byte[] labels, String message) {
    if (labels != null) {
      TestFiles.bytes(folder, LABELS, labels);
    }
    Path file = TestFiles.bytes(folder, IMAGES, images);
    assertThatThrownBy(() -> ImageFiles.read(file))
        .isInstanceOf(InputException.class)
        .hasMessage(message);
  }
}
