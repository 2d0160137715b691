package io.github.deepcut.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deepcut.data.Dataset;
import io.github.deepcut.data.ImageSize;
import io.github.deepcut.data.Picture;
import io.github.deepcut.run.InputException;
import java.util.List;
import org.junit.jupiter.api.Test;

class PicturesTest {
  private static final ImageSize GREY = new ImageSize(1, 1, 2);
  private static final ImageSize COLOUR = new ImageSize(3, 1, 2);
  private final Dataset data = ImageFixtures.plain(GREY, new int[] {7, 8, 9}, "cat", null, "dog");

  @Test
  void theModelSaysWhichClassALabelIs() {
    List<Picture> pictures = Pictures.of(data, List.of("dog", "cat"), GREY);
    assertThat(pictures.stream().map(p -> p.labels()[0])).containsExactly(1, -1, 0);
    assertThat(pictures.stream().map(Picture::example)).containsExactly(0, 1, 2);
    assertThat(pictures.get(2).pixels()).containsExactly(9, 9);
  }

  @Test
  void greyIsShownToAModelOfColours() {
    Picture first = Pictures.of(data, List.of("dog", "cat"), COLOUR).get(0);
    assertThat(first.size()).isEqualTo(COLOUR);
    assertThat(first.pixels()).containsExactly(7, 7, 7, 7, 7, 7);
  }

  @Test
  void otherSizesAndUnknownLabelsAreRefused() {
    assertThatThrownBy(() -> Pictures.of(data, List.of("dog", "cat"), new ImageSize(1, 4, 5)))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "made.bin: example 0: an image of 2 × 1 pixels in grey, the model takes 5 × 4 pixels in"
                + " grey");
    Dataset coloured = ImageFixtures.plain(COLOUR, new int[] {7}, "cat");
    assertThatThrownBy(() -> Pictures.of(coloured, List.of("cat"), GREY))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "made.bin: example 0: an image of 2 × 1 pixels in colour, the model takes 2 × 1 pixels"
                + " in grey");
    assertThatThrownBy(() -> Pictures.of(data, List.of("cat", "bird"), GREY))
        .isInstanceOf(InputException.class)
        .hasMessage("made.bin: example 2: label 'dog' is none of the model's: cat, bird");
  }
}
