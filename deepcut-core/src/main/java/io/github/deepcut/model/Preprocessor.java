package io.github.deepcut.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.data.ImageSize;
import io.github.deepcut.data.image.Normalisation;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** The {@code preprocessor_config.json} of a model folder: how pixels become input. */
final class Preprocessor {
  static final String FILE = "preprocessor_config.json";

  private Preprocessor() {}

  /** From that file, or from {@code pretrained_cfg} in the {@code config.json} of timm. */
  static Optional<Normalisation> read(ModelFolder folder) {
    if (folder.otherFiles().contains(Path.of(FILE))) {
      ObjectNode json = JsonFile.read(folder.path().resolve(FILE));
      return Optional.of(of(json, "image_mean", "image_std"));
    }
    return Optional.of(folder.config().path("pretrained_cfg"))
        .filter(c -> c.has("mean"))
        .map(c -> of(c, "mean", "std"));
  }

  private static Normalisation of(JsonNode json, String mean, String std) {
    return new Normalisation(numbers(json.path(mean)), numbers(json.path(std)));
  }

  private static double[] numbers(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false)
        .mapToDouble(n -> n.asDouble(Double.NaN))
        .toArray();
  }

  /** As the image processors of transformers read it. */
  static ObjectNode json(Normalisation by, ImageSize size) {
    ObjectNode json = new ObjectMapper().createObjectNode();
    json.put("image_processor_type", "ViTImageProcessor");
    json.put("do_rescale", true).put("rescale_factor", 1 / 255.0).put("do_normalize", true);
    put(json, "image_mean", by.mean());
    put(json, "image_std", by.std());
    json.put("do_resize", true).put("resample", 2);
    json.putObject("size").put("height", size.height()).put("width", size.width());
    return json;
  }

  private static void put(ObjectNode json, String key, double[] values) {
    var array = json.putArray(key);
    for (double v : values) {
      array.add(v);
    }
  }
}
