package io.github.deepcut.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deepcut.data.ForgetRequest.Where;
import io.github.deepcut.data.ImageSize;
import io.github.deepcut.data.LabeledImage;
import io.github.deepcut.data.Table;
import io.github.deepcut.data.Task;
import io.github.deepcut.data.TestFiles;
import io.github.deepcut.data.read.DatasetReader;
import io.github.deepcut.run.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CifarReaderTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"a.bin", "a.bin.gz"})
  void recordsAreALabelAndThreePlanes(String name) {
    byte[] bytes = ImageFixtures.cifar(new int[] {9}, new int[] {0});
    Table table = read(TestFiles.bytes(folder, name, bytes));
    assertThat(table.dataset().size()).isEqualTo(2);
    LabeledImage second = ImageFixtures.image(table, 1);
    assertThat(second.id()).isEqualTo("1");
    assertThat(second.label()).isEqualTo("0");
    assertThat(second.size()).isEqualTo(new ImageSize(3, 32, 32));
    assertThat(second.pixels()).isEqualTo(Arrays.copyOfRange(bytes, 3074, 6146));
    assertThat(ImageFixtures.image(table, 0).label()).isEqualTo("9");
  }

  @Test
  void labelsAreCalledAsTheFileBesideSays() {
    TestFiles.write(folder, "batches.meta.txt", "plane", "car", "bird", "");
    Table table = read(bin("a.bin", new int[] {2}, new int[] {0}));
    assertThat(table.dataset().labels()).containsExactly("bird", "plane");
    assertWrong(
        bin("b.bin", new int[] {2}, new int[] {3}),
        "b.bin: record 1: label 3, but batches.meta.txt names 0 to 2");
    TestFiles.write(folder, "batches.meta.txt", "car", "car");
    assertWrong(
        folder.resolve("a.bin"),
        "batches.meta.txt: a label is named twice, expected a different name on each line");
  }

  @Test
  void ofCifar100TheFineLabelCounts() {
    Table table = read(bin("train.bin", new int[] {19, 99}, new int[] {4, 30}));
    assertThat(table.dataset().labels()).containsExactly("30", "99");
    assertThat(new Where("coarse_label = '4'").split(table).forget()).containsExactly(1);
    TestFiles.write(folder, "fine_label_names.txt", "apple", "bee");
    TestFiles.write(folder, "coarse_label_names.txt", "fruit", "insects");
    Table named = read(bin("test.bin", new int[] {0, 0}, new int[] {1, 1}));
    assertThat(named.dataset().labels()).containsExactly("apple", "bee");
    assertThat(new Where("coarse_label = 'insects'").split(named).forget()).containsExactly(1);
    assertWrong(bin("c.bin", new int[] {20, 0}), "c.bin: record 0: label 20, expected 0 to 19");
    assertWrong(bin("d.bin", new int[] {0, 100}), "d.bin: record 0: label 100, expected 0 to 99");
  }

  @Test
  void aFolderOfBatchesIsReadWithoutItsTestBatch() throws IOException {
    bin("data_batch_2.bin", new int[] {2});
    bin("data_batch_1.bin.gz", new int[] {1}, new int[] {0});
    bin("test_batch.bin", new int[] {7});
    TestFiles.write(folder, "readme.html", "hello");
    Table table = read(folder);
    assertThat(table.dataset().labels()).containsExactly("0", "1", "2");
    assertThat(table.rawIds()).containsExactly("0", "1", "2");
    assertThat(new Where("file LIKE 'data_batch_2%'").split(table).forget()).containsExactly(2);
    bin("data_batch_2.bin.gz", new int[] {2});
    String name = folder.getFileName().toString();
    assertWrong(
        folder, name + ": both data_batch_2.bin and data_batch_2.bin.gz lie there, expected one");
    Files.delete(folder.resolve("data_batch_2.bin.gz"));
    bin("extra.bin", new int[] {2, 2});
    assertWrong(folder, "extra.bin: CIFAR-10 and CIFAR-100 in one folder, expected one of them");
  }

  @Test
  void aFileThatIsNoRowOfRecordsIsRefused() {
    assertWrong(
        TestFiles.bytes(folder, "a.bin", new byte[3072]),
        "a.bin: 3072 bytes, expected a multiple of 3073 (CIFAR-10) or of 3074 (CIFAR-100): cut"
            + " short, or no CIFAR batch");
    assertWrong(bin("b.bin", new int[] {10}), "b.bin: record 0: label 10, expected 0 to 9");
    assertWrong(TestFiles.bytes(folder, "c.bin", new byte[0]), "c.bin: the file is empty");
    assertWrong(TestFiles.bytes(folder, "d.bin.gz", new byte[0]), "d.bin.gz: it holds no image");
  }

  @Test
  void aCutPackedFileIsRefused() throws IOException {
    Path packed = bin("a.bin.gz", new int[] {1});
    byte[] bytes = Files.readAllBytes(packed);
    Files.write(packed, Arrays.copyOf(bytes, bytes.length / 2));
    assertWrong(packed, "a.bin.gz: cannot be read: Unexpected end of ZLIB input stream");
    Files.write(packed, new byte[] {1, 2, 3});
    assertWrong(packed, "a.bin.gz: cannot be read: Not in GZIP format");
  }

  private Path bin(String name, int[]... labels) {
    return TestFiles.bytes(folder, name, ImageFixtures.cifar(labels));
  }

  private static Table read(Path path) {
    return DatasetReader.read(path, Task.IMAGE);
  }

  private static void assertWrong(Path path, String message) {
    assertThatThrownBy(() -> read(path)).isInstanceOf(InputException.class).hasMessage(message);
  }
}
