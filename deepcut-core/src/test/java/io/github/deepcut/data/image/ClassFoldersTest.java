package io.github.deepcut.data.image;

import static java.awt.image.BufferedImage.TYPE_3BYTE_BGR;
import static java.awt.image.BufferedImage.TYPE_4BYTE_ABGR;
import static java.awt.image.BufferedImage.TYPE_BYTE_BINARY;
import static java.awt.image.BufferedImage.TYPE_BYTE_GRAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deepcut.data.ForgetRequest.Ids;
import io.github.deepcut.data.ForgetRequest.Where;
import io.github.deepcut.data.ImageSize;
import io.github.deepcut.data.Table;
import io.github.deepcut.data.TestFiles;
import io.github.deepcut.run.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassFoldersTest {
  @TempDir Path temp;
  private Path folder;

  @BeforeEach
  void name() {
    folder = temp.resolve("pets");
  }

  @Test
  void eachFolderIsAClass() {
    image("dog/b.png", TYPE_3BYTE_BGR, 0x0A141E, 0x28323C);
    image("cat/x.PNG", TYPE_4BYTE_ABGR, 0x80010203, 0xFF040506);
    TestFiles.write(folder, "README.md", "not an image, and in no class");
    TestFiles.write(folder.resolve("cat"), ".hidden", "passed over");
    Table table = ImageFiles.read(folder);
    assertThat(table.dataset().labels()).containsExactly("cat", "dog");
    assertThat(table.rawIds()).containsExactly("cat/x.PNG", "dog/b.png");
    assertThat(ImageFixtures.image(table, 0).pixels()).containsExactly(1, 4, 2, 5, 3, 6);
    assertThat(ImageFixtures.image(table, 1).pixels()).containsExactly(10, 40, 20, 50, 30, 60);
    assertThat(ImageFixtures.image(table, 1).size()).isEqualTo(new ImageSize(3, 1, 2));
    assertThat(new Where("file LIKE 'dog/%'").split(table).forget()).containsExactly(1);
    assertThat(new Ids(List.of("cat/x.PNG")).split(table).forget()).containsExactly(0);
  }

  @Test
  void greyStaysGreyOnlyAmongGreys() {
    image("a/1.png", TYPE_BYTE_GRAY, 7, 200);
    image("a/2.png", TYPE_BYTE_BINARY, 0xFFFFFF, 0x000000);
    Table grey = ImageFiles.read(folder);
    assertThat(ImageFixtures.values(ImageFixtures.image(grey, 0))).containsExactly(7, 200);
    assertThat(ImageFixtures.values(ImageFixtures.image(grey, 1))).containsExactly(255, 0);
    image("b/3.png", TYPE_3BYTE_BGR, 0x010101, 0x020202);
    Table coloured = ImageFiles.read(folder);
    assertThat(ImageFixtures.values(ImageFixtures.image(coloured, 0)))
        .containsExactly(7, 200, 7, 200, 7, 200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpg", "jpeg"})
  void jpegIsDecoded(String extension) {
    int[] flat = new int[64];
    Arrays.fill(flat, 0x6496C8);
    ImageFixtures.image(folder.resolve("a/1." + extension), TYPE_3BYTE_BGR, 8, flat);
    byte[] pixels = ImageFixtures.image(ImageFiles.read(folder), 0).pixels();
    assertThat(ImageFixtures.values(pixels)[0]).isBetween(98, 102);
    assertThat(ImageFixtures.values(pixels)[191]).isBetween(198, 202);
  }

  @Test
  void imagesOfSeveralSizesNeedOne() {
    image("a/1.png", TYPE_BYTE_GRAY, 10, 20);
    ImageFixtures.image(folder.resolve("b/2.png"), TYPE_BYTE_GRAY, 1, 30, 40);
    assertWrong(
        "pets: b/2.png has 1 × 2 pixels, a/1.png has 2 × 1: expected one size; resize them with"
            + " --image-size N");
    Table table = ImageFiles.read(folder, OptionalInt.of(2));
    assertThat(ImageFixtures.image(table, 0).pixels()).containsExactly(10, 20, 10, 20);
    assertThat(ImageFixtures.image(table, 1).pixels()).containsExactly(30, 30, 40, 40);
    assertThatThrownBy(() -> ImageFiles.read(folder, OptionalInt.of(0)))
        .isInstanceOf(InputException.class)
        .hasMessage("image size 0: expected 1 to 8192");
  }

  @Test
  void whatIsNoImageIsNamed() throws IOException {
    Files.createDirectories(folder.resolve("a"));
    assertWrong("pets: class folder 'a' holds no image");
    TestFiles.write(folder.resolve("a"), "notes.txt", "hello");
    assertWrong("pets: a/notes.txt: expected a file .png, .jpg or .jpeg");
    Files.delete(folder.resolve("a/notes.txt"));
    TestFiles.write(folder.resolve("a"), "1.png", "hello");
    assertWrong("pets/a/1.png: neither PNG nor JPEG");
    image("loose.png", TYPE_BYTE_GRAY, 1);
    Files.delete(folder.resolve("a/1.png"));
    image("a/1.png", TYPE_BYTE_GRAY, 1);
    assertWrong("pets: loose.png lies in no class folder");
  }

  @Test
  void aFolderWithoutClassesIsRefused() throws IOException {
    Files.createDirectories(folder);
    assertWrong(
        "pets: it holds neither CIFAR batches (.bin) to train on nor a folder for each class");
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpg"})
  void anImageThatIsCutShortIsRefused(String extension) throws IOException {
    int[] noise = new java.util.SplittableRandom(1).ints(1024, 0, 1 << 24).toArray();
    Path file = folder.resolve("a/1." + extension);
    ImageFixtures.image(file, TYPE_3BYTE_BGR, 32, noise);
    byte[] whole = Files.readAllBytes(file);
    for (int eighths = 1; eighths < 8; eighths++) {
      Files.write(file, Arrays.copyOf(whole, whole.length * eighths / 8));
      assertThatThrownBy(() -> ImageFiles.read(folder))
          .as("%d of 8 parts", eighths)
          .isInstanceOf(InputException.class)
          .hasMessageStartingWith("pets/a/1." + extension + ": it ")
          .hasMessageNotContaining("\n");
    }
  }

  @Test
  void oneImageAloneHasNoLabel() {
    image("a/1.png", TYPE_BYTE_GRAY, 1, 2);
    Table one = ImageFiles.read(folder.resolve("a/1.png"));
    assertThat(one.size()).isEqualTo(1);
    assertThat(one.dataset().labels()).isEmpty();
  }

  @Test
  void otherFilesAreNoImages() {
    Path file = TestFiles.write(temp, "a.csv", "text,label");
    assertThatThrownBy(() -> ImageFiles.read(file))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("a.csv: no file of images: expected .bin, .mat, ");
    assertThatThrownBy(() -> ImageFiles.read(temp.resolve("none.bin")))
        .isInstanceOf(InputException.class)
        .hasMessageEndingWith("none.bin: no such file, or it cannot be read");
  }

  private void image(String name, int type, int... colours) {
    ImageFixtures.image(folder.resolve(name), type, colours.length, colours);
  }

  private void assertWrong(String message) {
    assertThatThrownBy(() -> ImageFiles.read(folder))
        .isInstanceOf(InputException.class)
        .hasMessage(message);
  }
}
