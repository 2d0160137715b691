package io.github.deepcut.model.vision;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deepcut.run.InputException;
import java.util.List;

/**
 * The numbers of {@code config.json} that shape a residual network.
 *
 * @param channels of the images
 * @param stem channels after the first convolution
 * @param widths channels of each stage
 * @param depths blocks of each stage
 * @param bottleneck blocks of three convolutions, the middle one at a quarter of the width; else of
 *     two
 * @param downsampleFirst whether the first stage, too, halves the resolution
 * @param downsampleEarly whether a bottleneck halves it in its first convolution and not its second
 * @param smallStem 3x3 without max-pool, for images of some 32 pixels; else 7x7 and 3x3 max-pool,
 *     each of stride 2
 */
public record ResNetConfig(
    int channels,
    int stem,
    List<Integer> widths,
    List<Integer> depths,
    boolean bottleneck,
    boolean downsampleFirst,
    boolean downsampleEarly,
    boolean smallStem) {

  public ResNetConfig {
    widths = List.copyOf(widths);
    depths = List.copyOf(depths);
    if (widths.isEmpty() || widths.size() != depths.size()) {
      throw new InputException(
          "config.json: hidden_sizes has %d entries and depths %d, expected as many, at least one"
              .formatted(widths.size(), depths.size()));
    }
    if (bottleneck && widths.stream().anyMatch(w -> w % 4 != 0)) {
      throw new InputException(
          "config.json: hidden_sizes is " + widths + ", expected multiples of 4 for bottlenecks");
    }
  }

  /** Reads it as transformers does, with its defaults; {@code small_stem} is ours. */
  static ResNetConfig of(JsonNode c) {
    String type = c.path("layer_type").asText("bottleneck");
    if (!type.equals("basic") && !type.equals("bottleneck")) {
      throw new InputException(
          "config.json: layer_type is '" + type + "', expected basic or bottleneck");
    }
    String activation = c.path("hidden_act").asText("relu");
    if (!activation.equals("relu")) {
      throw new InputException("config.json: hidden_act is '" + activation + "', expected relu");
    }
    return new ResNetConfig(
        Numbers.size(c, "num_channels", 3),
        Numbers.size(c, "embedding_size", 64),
        Numbers.sizes(c, "hidden_sizes", List.of(256, 512, 1024, 2048)),
        Numbers.sizes(c, "depths", List.of(3, 4, 6, 3)),
        type.equals("bottleneck"),
        c.path("downsample_in_first_stage").asBoolean(false),
        c.path("downsample_in_bottleneck").asBoolean(false),
        c.path("small_stem").asBoolean(false));
  }
}
