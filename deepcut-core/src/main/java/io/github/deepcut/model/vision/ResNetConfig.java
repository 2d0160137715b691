package io.github.deepcut.model.vision;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deepcut.model.Fields;
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
  /** Far above what is trained: ResNet-1202 of the first paper has some 600. */
  private static final int MOST_BLOCKS = 2000;

  public ResNetConfig {
    widths = List.copyOf(widths);
    depths = List.copyOf(depths);
    if (widths.isEmpty() || widths.size() != depths.size()) {
      throw new InputException(
          "config.json: hidden_sizes has %d entries and depths %d, expected as many, at least one"
              .formatted(widths.size(), depths.size()));
    }
    if (blocks(depths) > MOST_BLOCKS) {
      throw new InputException(
          "config.json: depths is %s, expected at most %d blocks in all"
              .formatted(depths, MOST_BLOCKS));
    }
    if (bottleneck && widths.stream().anyMatch(w -> w % 4 != 0)) {
      throw new InputException(
          "config.json: hidden_sizes is " + widths + ", expected multiples of 4 for bottlenecks");
    }
  }

  private static long blocks(List<Integer> depths) {
    return depths.stream().mapToLong(Integer::longValue).sum();
  }

  /** Reads it as transformers does, with its defaults; {@code small_stem} is ours. */
  static ResNetConfig of(JsonNode c) {
    String type = Fields.text(c, "layer_type", "bottleneck");
    if (!type.equals("basic") && !type.equals("bottleneck")) {
      throw Fields.fail("layer_type", c.get("layer_type"), "basic or bottleneck");
    }
    if (!Fields.text(c, "hidden_act", "relu").equals("relu")) {
      throw Fields.fail("hidden_act", c.get("hidden_act"), "relu");
    }
    return new ResNetConfig(
        Fields.size(c, "num_channels", 3),
        Fields.size(c, "embedding_size", 64),
        Fields.sizes(c, "hidden_sizes", List.of(256, 512, 1024, 2048)),
        Fields.sizes(c, "depths", List.of(3, 4, 6, 3)),
        type.equals("bottleneck"),
        Fields.flag(c, "downsample_in_first_stage", false),
        Fields.flag(c, "downsample_in_bottleneck", false),
        Fields.flag(c, "small_stem", false));
  }
}
