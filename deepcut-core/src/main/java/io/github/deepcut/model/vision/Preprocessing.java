package io.github.deepcut.model.vision;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.data.ImageSize;
import io.github.deepcut.data.LabeledImage;
import io.github.deepcut.run.InputException;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * How pixels of 0 to 1 become input: (pixel - mean) / std, channel by channel.
 *
 * @param mean of each channel (C)
 * @param std of each channel, above 0 (C)
 */
public record Preprocessing(List<Double> mean, List<Double> std) {
  /** The file that holds it in a model folder. */
  public static final String FILE = "preprocessor_config.json";

  public Preprocessing {
    mean = List.copyOf(mean);
    std = List.copyOf(std);
    if (mean.isEmpty() || mean.size() != std.size() || std.stream().anyMatch(s -> !(s > 0))) {
      throw new InputException(
          "image_mean is %s and image_std %s, expected a number for each channel, all std > 0"
              .formatted(mean, std));
    }
  }

  /** Mean and standard deviation of all pixels of each channel; a constant one is only shifted. */
  public static Preprocessing of(List<LabeledImage> images) {
    ImageSize size = images.get(0).size();
    int places = size.height() * size.width();
    double n = (double) images.size() * places;
    List<Double> mean = new ArrayList<>();
    List<Double> std = new ArrayList<>();
    for (int c = 0; c < size.channels(); c++) {
      long sum = 0;
      long square = 0;
      for (LabeledImage image : images) {
        for (int i = c * places; i < (c + 1) * places; i++) {
          int p = Byte.toUnsignedInt(image.pixels()[i]);
          sum += p;
          square += (long) p * p;
        }
      }
      double m = sum / n;
      double variance = square / n - m * m;
      mean.add(m / 255);
      std.add(variance > 0 ? Math.sqrt(variance) / 255 : 1);
    }
    return new Preprocessing(mean, std);
  }

  /**
   * From {@code image_mean} and {@code image_std} of a {@code preprocessor_config.json}, or {@code
   * mean} and {@code std} of timm's {@code pretrained_cfg}.
   */
  public static Preprocessing of(JsonNode c) {
    String prefix = c.has("image_mean") ? "image_" : "";
    return new Preprocessing(numbers(c.path(prefix + "mean")), numbers(c.path(prefix + "std")));
  }

  private static List<Double> numbers(JsonNode array) {
    List<Double> out = new ArrayList<>();
    array.forEach(n -> out.add(n.asDouble(Double.NaN)));
    return out;
  }

  /** As transformers' image processors read it. */
  public ObjectNode json(ImageSize size) {
    ObjectNode json = new ObjectMapper().createObjectNode();
    json.put("image_processor_type", "ViTImageProcessor");
    json.put("do_rescale", true).put("rescale_factor", 1 / 255.0).put("do_normalize", true);
    mean.forEach(json.putArray("image_mean")::add);
    std.forEach(json.putArray("image_std")::add);
    json.put("do_resize", true).put("resample", 2);
    json.putObject("size").put("height", size.height()).put("width", size.width());
    return json;
  }

  /** (B, C, H, W) to the same. */
  Tensor normalised(Tensor pixels) {
    return pixels.sub(column(mean)).div(column(std));
  }

  private static Tensor column(List<Double> values) {
    float[] all = new float[values.size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = values.get(i).floatValue();
    }
    return Tensor.create(all, 1, all.length, 1, 1);
  }
}
