package io.github.deepcut.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.deepcut.data.Dataset;
import io.github.deepcut.data.ForgetRequest.Where;
import io.github.deepcut.data.ForgetRequest.WholeClass;
import io.github.deepcut.data.ImageSize;
import io.github.deepcut.data.LabeledImage;
import io.github.deepcut.data.RealData;
import io.github.deepcut.data.Table;
import io.github.deepcut.data.Task;
import io.github.deepcut.data.read.DatasetReader;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The public images have the numbers and the bytes that their makers state. */
class RealImagesTest {
  private static final List<String> CIFAR =
      List.of(
          "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");

  @RealData.Needed
  @ParameterizedTest
  @CsvSource({
    "train, 60000, c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
    "t10k, 10000, 5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
  })
  void fashionMnist(String part, int images, String sha256) throws NoSuchAlgorithmException {
    Table table = read("fashion-mnist/" + part + "-images-idx3-ubyte.gz");
    Dataset data = table.dataset();
    assertThat(data.size()).isEqualTo(images);
    assertThat(data.labels()).containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
    assertThat(new WholeClass("5").split(table).forget()).hasSize(images / 10);
    assertThat(new Where("label = '5' AND id < 500").split(table).forget()).hasSizeBetween(30, 70);
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    digest.update(
        ByteBuffer.allocate(16).putInt(0x803).putInt(images).putInt(28).putInt(28).flip());
    data.examples().forEach(e -> digest.update(((LabeledImage) e).pixels()));
    assertThat(HexFormat.of().formatHex(digest.digest())).isEqualTo(sha256);
  }

  @RealData.Needed
  @ParameterizedTest
  @CsvSource({
    "train_10k.bin.gz, 10000, 80aaadf2e31b345b6165a6d128d778b54a424131a014b004b92671a448d540d4",
    "test_2k.bin.gz, 2000, 9b664dd8a710a741c621b26669f41aa042274cd4f7c29ed085d79537d3a3e314",
  })
  void cifar10(String file, int images, String sha256) throws NoSuchAlgorithmException {
    Table table = read("cifar10-subset/" + file);
    Dataset data = table.dataset();
    assertThat(data.size()).isEqualTo(images);
    assertThat(data.labels()).isEqualTo(CIFAR);
    assertThat(new Where("label = 'dog'").split(table).forget()).hasSize(images / 10);
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    data.examples()
        .forEach(
            e -> {
              LabeledImage image = (LabeledImage) e;
              assertThat(image.size()).isEqualTo(new ImageSize(3, 32, 32));
              digest.update((byte) CIFAR.indexOf(image.label()));
              digest.update(image.pixels());
            });
    assertThat(HexFormat.of().formatHex(digest.digest())).isEqualTo(sha256);
  }

  @RealData.Needed
  @Test
  void theFolderOfCifarIsItsTrainingBatch() {
    Dataset data = read("cifar10-subset").dataset();
    assertThat(data.size()).isEqualTo(10_000);
    // of all 50,000: 0.4914, 0.4822, 0.4465 and 0.2470, 0.2435, 0.2616
    Normalisation n = Normalisation.of(data);
    assertThat(n.mean()).containsExactly(new double[] {0.4914, 0.4822, 0.4465}, within(0.005));
    assertThat(n.std()).containsExactly(new double[] {0.2470, 0.2435, 0.2616}, within(0.005));
  }

  private static Table read(String name) {
    return DatasetReader.read(RealData.folder().resolve(name), Task.IMAGE);
  }
}
