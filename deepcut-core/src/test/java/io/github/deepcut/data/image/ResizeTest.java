package io.github.deepcut.data.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepcut.data.ImageSize;
import org.junit.jupiter.api.Test;

class ResizeTest {
  @Test
  void growingInterpolates() {
    // centres of the four lie at -0.25 (only the first has a part), 0.25, 0.75 and 1.25 pixels
    Pixels wide = Resize.to(4, new Pixels(new byte[] {0, 100}, new ImageSize(1, 1, 2)));
    assertThat(wide.size()).isEqualTo(new ImageSize(1, 4, 4));
    assertThat(wide.values())
        .containsExactly(0, 25, 75, 100, 0, 25, 75, 100, 0, 25, 75, 100, 0, 25, 75, 100);
  }

  @Test
  void shrinkingWeighsEveryPixel() {
    // 4 to 2: the first centre is 1, reach 2; pixels at 0.5, 1.5, 2.5 weigh 3/4, 3/4, 1/4 of 7/4
    byte[] row = {0, 70, 35, 14};
    Pixels small =
        Resize.to(
            2,
            new Pixels(
                new byte[] {0, 70, 35, 14, 0, 70, 35, 14, 0, 70, 35, 14, 0, 70, 35, 14},
                new ImageSize(1, 4, 4)));
    int first = Math.round((3 * row[0] + 3 * row[1] + row[2]) / 7f); // 35
    int second = Math.round((row[1] + 3 * row[2] + 3 * row[3]) / 7f); // 31
    assertThat(ImageFixtures.values(small.values())).containsExactly(first, second, first, second);
  }

  @Test
  void channelsStayApartAndWhiteStaysWhite() {
    Pixels one = new Pixels(new byte[] {(byte) 255, 10, 20}, new ImageSize(3, 1, 1));
    assertThat(ImageFixtures.values(Resize.to(2, one).values()))
        .containsExactly(255, 255, 255, 255, 10, 10, 10, 10, 20, 20, 20, 20);
    assertThat(Resize.to(1, one)).isSameAs(one);
  }
}
