package io.github.deepcut.model.vision;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.run.InputException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Image models that are known by name. ResNet-18 to 101 are those of the first paper (He et al.,
 * arXiv 1512.03385), ResNet-8 and 20 its small ones for CIFAR-10 (section 4.2; their shortcuts are
 * 1x1 convolutions here). By name all have the stem for small images and a projection to 128.
 */
public final class Architectures {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LATENT = 128;

  /** Stem, widths and depths of a ResNet. */
  private record Shape(int stem, List<Integer> widths, List<Integer> depths, boolean bottleneck) {}

  private static final List<Integer> BASIC = List.of(64, 128, 256, 512);
  private static final List<Integer> WIDE = List.of(256, 512, 1024, 2048);
  private static final List<Integer> SMALL = List.of(16, 32, 64);

  private static final Map<String, Shape> RESNETS = new LinkedHashMap<>();

  static {
    RESNETS.put("resnet8", new Shape(16, SMALL, List.of(1, 1, 1), false));
    RESNETS.put("resnet20", new Shape(16, SMALL, List.of(3, 3, 3), false));
    RESNETS.put("resnet18", new Shape(64, BASIC, List.of(2, 2, 2, 2), false));
    RESNETS.put("resnet34", new Shape(64, BASIC, List.of(3, 4, 6, 3), false));
    RESNETS.put("resnet50", new Shape(64, WIDE, List.of(3, 4, 6, 3), true));
    RESNETS.put("resnet101", new Shape(64, WIDE, List.of(3, 4, 23, 3), true));
  }

  private Architectures() {}

  /** The names. */
  public static List<String> names() {
    return Stream.concat(Stream.of(VisionConfig.CNN), RESNETS.keySet().stream()).toList();
  }

  /**
   * The {@code config.json} of a new model of that name, but for what the images tell: their
   * channels, size and labels.
   */
  public static ObjectNode config(String name) {
    if (name.equals(VisionConfig.CNN)) {
      ObjectNode config = JSON.createObjectNode();
      config.putArray("architectures").add("CnnForImageClassification");
      config.put("model_type", VisionConfig.CNN);
      put(config, "hidden_sizes", List.of(16, 32));
      put(config, "projection_sizes", List.of(LATENT));
      return config;
    }
    ObjectNode config = plain(name);
    List<Integer> widths = RESNETS.get(name).widths();
    config.put("small_stem", true);
    put(config, "projection_sizes", List.of(widths.get(widths.size() - 1), LATENT));
    return config;
  }

  /** The {@code config.json} of a ResNet as transformers has it: large stem, no projection. */
  static ObjectNode plain(String name) {
    Shape shape = RESNETS.get(name);
    if (shape == null) {
      throw new InputException(
          "config.json: architecture is '" + name + "', expected one of " + RESNETS.keySet());
    }
    ObjectNode config = JSON.createObjectNode();
    config.putArray("architectures").add("ResNetForImageClassification");
    config.put("model_type", VisionConfig.RESNET).put("embedding_size", shape.stem());
    put(config, "hidden_sizes", shape.widths());
    put(config, "depths", shape.depths());
    config.put("layer_type", shape.bottleneck() ? "bottleneck" : "basic").put("hidden_act", "relu");
    config.put("downsample_in_first_stage", false).put("downsample_in_bottleneck", false);
    return config;
  }

  private static void put(ObjectNode config, String key, List<Integer> sizes) {
    var array = config.putArray(key);
    sizes.forEach(array::add);
  }
}
