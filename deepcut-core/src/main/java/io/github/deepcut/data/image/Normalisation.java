package io.github.deepcut.data.image;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.deepcut.data.Dataset;
import io.github.deepcut.data.Example;
import io.github.deepcut.data.LabeledImage;
import io.github.deepcut.run.InputException;
import java.util.Arrays;

/**
 * What a model subtracts from pixels between 0 and 1, and then divides by, for each channel. As
 * JSON it has the names of HuggingFace's {@code preprocessor_config.json}, whose other entries are
 * passed over.
 *
 * @param mean of the channel's pixels (C)
 * @param std their standard deviation, over N and not N − 1 (C)
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Normalisation(
    @JsonProperty("image_mean") double[] mean, @JsonProperty("image_std") double[] std) {
  public Normalisation {
    if (mean == null || std == null || mean.length == 0 || mean.length != std.length) {
      throw new InputException(
          "image_mean %s, image_std %s: expected one number for each channel in both"
              .formatted(Arrays.toString(mean), Arrays.toString(std)));
    }
    if (!Arrays.stream(mean).allMatch(Double::isFinite)
        || !Arrays.stream(std).allMatch(s -> s > 0 && Double.isFinite(s))) {
      throw new InputException(
          "image_mean %s, image_std %s: expected finite numbers, those of image_std above 0"
              .formatted(Arrays.toString(mean), Arrays.toString(std)));
    }
  }

  /**
   * That of the images of {@code data}, of one size, summed without rounding. A channel that never
   * varies gets a {@code std} of 1, and so becomes 0.
   */
  public static Normalisation of(Dataset data) {
    int channels = ((LabeledImage) data.examples().get(0)).size().channels();
    long[] sums = new long[channels];
    long[] squares = new long[channels];
    long each = 0; // pixels in a channel
    for (Example example : data.examples()) {
      byte[] pixels = ((LabeledImage) example).pixels();
      int plane = pixels.length / channels;
      for (int i = 0; i < pixels.length; i++) {
        int value = Byte.toUnsignedInt(pixels[i]);
        sums[i / plane] += value;
        squares[i / plane] += (long) value * value;
      }
      each += plane;
    }
    double[] mean = new double[channels];
    double[] std = new double[channels];
    for (int c = 0; c < channels; c++) {
      double m = (double) sums[c] / each;
      double variance = Math.max(0, (double) squares[c] / each - m * m);
      mean[c] = m / 255;
      std[c] = variance == 0 ? 1 : Math.sqrt(variance) / 255;
    }
    return new Normalisation(mean, std);
  }
}
