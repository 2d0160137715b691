package io.github.deepcut.data.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepcut.data.ImageSize;
import io.github.deepcut.data.Picture;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AugmentationTest {
  /** (C, H, W) = (3, 2, 2). */
  private static final Picture PICTURE =
      new Picture(
          4,
          new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12},
          new ImageSize(3, 2, 2),
          new int[] {1});

  @Test
  void noneLeavesThePicture() {
    assertThat(Augmentation.NONE.apply(PICTURE, new SplittableRandom(1))).isSameAs(PICTURE);
  }

  @Test
  void aMirrorTurnsEachRowEverySecondTime() {
    SplittableRandom random = new SplittableRandom(1);
    Map<String, Integer> seen = new HashMap<>();
    for (int i = 0; i < 1000; i++) {
      byte[] pixels = new Augmentation(0, true).apply(PICTURE, random).pixels();
      seen.merge(Arrays.toString(pixels), 1, Integer::sum);
    }
    assertThat(seen)
        .containsOnlyKeys(
            "[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]", "[2, 1, 4, 3, 6, 5, 8, 7, 10, 9, 12, 11]");
    assertThat(seen.values()).allMatch(n -> n > 400); // 500 ± 6 standard deviations of 16
  }

  @Test
  void aCropMovesAllChannelsAlike() {
    Set<String> seen = new HashSet<>();
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 1000; i++) {
      Picture moved = new Augmentation(1, false).apply(PICTURE, random);
      assertThat(moved.labels()).isSameAs(PICTURE.labels());
      assertThat(moved.example()).isEqualTo(4);
      for (int p = 0; p < 4; p++) {
        int red = moved.pixels()[p];
        assertThat(moved.pixels()[p + 4]).isEqualTo((byte) (red == 0 ? 0 : red + 4));
        assertThat(moved.pixels()[p + 8]).isEqualTo((byte) (red == 0 ? 0 : red + 8));
      }
      seen.add(Arrays.toString(Arrays.copyOf(moved.pixels(), 4)));
    }
    // rows up, level or down by one, columns likewise
    assertThat(seen)
        .containsExactlyInAnyOrder(
            "[4, 0, 0, 0]",
            "[3, 4, 0, 0]",
            "[0, 3, 0, 0]",
            "[2, 0, 4, 0]",
            "[1, 2, 3, 4]",
            "[0, 1, 0, 3]",
            "[0, 0, 2, 0]",
            "[0, 0, 1, 2]",
            "[0, 0, 0, 1]");
  }

  @Test
  void theSameSeedGivesTheSamePicture() {
    byte[] once = Augmentation.STANDARD.apply(PICTURE, new SplittableRandom(9)).pixels();
    byte[] again = Augmentation.STANDARD.apply(PICTURE, new SplittableRandom(9)).pixels();
    assertThat(again).isEqualTo(once);
    assertThat(PICTURE.pixels()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
  }
}
