package io.github.deepcut.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.deepcut.data.Dataset;
import io.github.deepcut.data.ImageSize;
import io.github.deepcut.data.LabeledImage;
import io.github.deepcut.data.Task;
import io.github.deepcut.run.InputException;
import java.util.List;
import org.junit.jupiter.api.Test;

class NormalisationTest {
  @Test
  void eachChannelHasItsOwn() {
    // red 0 and 255: mean 1/2, std 1/2; green 51 and 153: mean 102/255, std 51/255; blue constant
    Dataset data =
        new Dataset(
            Task.IMAGE,
            "two",
            List.of(
                new LabeledImage("0", bytes(0, 51, 255), new ImageSize(3, 1, 1), "a"),
                new LabeledImage("1", bytes(255, 153, 255), new ImageSize(3, 1, 1), "b")));
    Normalisation n = Normalisation.of(data);
    assertThat(n.mean()).containsExactly(new double[] {0.5, 0.4, 1}, within(1e-15));
    assertThat(n.std()).containsExactly(new double[] {0.5, 0.2, 1}, within(1e-15));
  }

  @Test
  void itIsWrittenUnderTheNamesOfHuggingFace() throws JsonProcessingException {
    ObjectMapper json = new ObjectMapper();
    String written =
        json.writeValueAsString(new Normalisation(new double[] {0.5}, new double[] {0.25}));
    assertThat(written).isEqualTo("{\"image_mean\":[0.5],\"image_std\":[0.25]}");
    Normalisation read =
        json.readValue("{\"do_resize\":true," + written.substring(1), Normalisation.class);
    assertThat(read.std()).containsExactly(0.25);
  }

  @Test
  void whatCannotBeDividedByIsRefused() {
    assertThatThrownBy(() -> new Normalisation(new double[] {0.5}, new double[] {0}))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "image_mean [0.5], image_std [0.0]: expected finite numbers, those of image_std above"
                + " 0");
    assertThatThrownBy(() -> new Normalisation(new double[] {0.5}, null))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "image_mean [0.5], image_std null: expected one number for each channel in both");
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }
}
