package io.github.deepcut.model.folder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.data.ImageSize;
import io.github.deepcut.data.image.Normalisation;
import io.github.deepcut.model.Fields;
import io.github.deepcut.model.vision.VisionConfig;
import io.github.deepcut.run.InputException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.StreamSupport;

/**
 * The {@code preprocessor_config.json} of a model folder, or timm's {@code pretrained_cfg}: how
 * pixels become input. Images come ready in size; what else an image processor of transformers does
 * to them must change nothing.
 *
 * @param normalisation what is done to each channel
 * @param height to which images are resized; empty where they are not
 * @param width likewise
 */
record Preprocessor(Normalisation normalisation, OptionalInt height, OptionalInt width) {
  static final String FILE = "preprocessor_config.json";

  private static final String UNCROPPED =
      "none, or false, or 1: images are not cropped here; crop them before";

  /** {@code rescale_factor} of 8-bit pixels, to the digits that files give. */
  private static final double RESCALE = 1 / 255.0;

  /**
   * From that file, or from {@code pretrained_cfg} in the {@code config.json} of timm.
   *
   * @param channels of the model's images
   * @throws InputException if it names what is not done here
   */
  static Optional<Preprocessor> read(ModelFolder folder, int channels) {
    if (folder.otherFiles().contains(Path.of(FILE))) {
      Path file = folder.path().resolve(FILE);
      return Optional.of(of(file, JsonFile.read(file), channels));
    }
    JsonNode timm = folder.config().path("pretrained_cfg");
    return Optional.of(timm)
        .filter(c -> c.has("mean"))
        .map(
            c ->
                new Preprocessor(
                    new Normalisation(numbers(c.path("mean")), numbers(c.path("std"))),
                    OptionalInt.empty(),
                    OptionalInt.empty()));
  }

  private static Preprocessor of(Path file, ObjectNode json, int channels) {
    requireFlag(file, json, "do_rescale", true);
    requireFlag(file, json, "do_flip_channel_order", false);
    JsonNode factor = json.path("rescale_factor");
    if (!factor.isMissingNode() && !(Math.abs(factor.asDouble() - RESCALE) < 1e-6)) {
      throw fail(file, "rescale_factor", factor, "1 / 255");
    }
    double[] mean = new double[channels];
    double[] std = new double[channels];
    Arrays.fill(std, 1);
    boolean normalises = flag(file, json, "do_normalize", true);
    Normalisation by =
        normalises
            ? new Normalisation(numbers(json.path("image_mean")), numbers(json.path("image_std")))
            : new Normalisation(mean, std);
    JsonNode size = json.path("size");
    if (!flag(file, json, "do_resize", true) || size.isMissingNode()) {
      return new Preprocessor(by, OptionalInt.empty(), OptionalInt.empty());
    }
    JsonNode edge = size.isInt() ? size : size.path("shortest_edge");
    JsonNode height = edge.isMissingNode() ? size.path("height") : edge;
    JsonNode width = edge.isMissingNode() ? size.path("width") : edge;
    if (!height.isInt() || !width.isInt() || height.asInt() < 1 || width.asInt() < 1) {
      throw fail(file, "size", size, "height and width, whole numbers > 0");
    }
    return new Preprocessor(by, OptionalInt.of(height.asInt()), OptionalInt.of(width.asInt()));
  }

  /**
   * Refuses a trained model whose images are cropped: what is left of them depends on how they
   * come.
   *
   * @throws InputException naming the entry
   */
  static void requireUncropped(ModelFolder folder) {
    cropping(folder)
        .ifPresent(
            refusal -> {
              throw refusal;
            });
  }

  private static Optional<InputException> cropping(ModelFolder folder) {
    boolean own = folder.otherFiles().contains(Path.of(FILE));
    Path file = folder.path().resolve(own ? FILE : "config.json");
    JsonNode json = own ? JsonFile.read(file) : folder.config().path("pretrained_cfg");
    JsonNode share = json.path("crop_pct");
    if (flag(file, json, "do_center_crop", false)) {
      return Optional.of(fail(file, "do_center_crop", json.get("do_center_crop"), UNCROPPED));
    }
    boolean whole = share.isMissingNode() || share.isNull() || share.asDouble() == 1;
    return whole ? Optional.empty() : Optional.of(fail(file, "crop_pct", share, UNCROPPED));
  }

  private static void requireFlag(Path file, JsonNode json, String key, boolean value) {
    if (flag(file, json, key, value) != value) {
      throw fail(file, key, json.get(key), value + ": the other is not done here");
    }
  }

  private static boolean flag(Path file, JsonNode json, String key, boolean otherwise) {
    if (json.hasNonNull(key) && !json.get(key).isBoolean()) {
      throw fail(file, key, json.get(key), "true or false");
    }
    return json.path(key).asBoolean(otherwise);
  }

  private static InputException fail(Path file, String key, JsonNode value, String rule) {
    return new InputException(
        "%s: %s is %s, expected %s".formatted(file, key, Fields.shown(value), rule));
  }

  private static double[] numbers(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false)
        .mapToDouble(n -> n.isNumber() ? n.asDouble() : Double.NaN)
        .toArray();
  }

  /** That of images which come ready. */
  static Preprocessor of(Normalisation by, ImageSize size) {
    return new Preprocessor(by, OptionalInt.of(size.height()), OptionalInt.of(size.width()));
  }

  /** Whether the folder's file leaves images of that size as they are. */
  boolean keeps(ModelFolder folder, ImageSize size) {
    return folder.otherFiles().contains(Path.of(FILE))
        && cropping(folder).isEmpty()
        && height.orElse(size.height()) == size.height()
        && width.orElse(size.width()) == size.width();
  }

  /** A model's shape that takes images of the size to which others would be resized. */
  VisionConfig sized(VisionConfig shape) {
    return height.isEmpty() || shape.exact()
        ? shape
        : shape.ofSize(height.getAsInt(), width.getAsInt());
  }

  /** As the image processors of transformers read it. */
  static ObjectNode json(Normalisation by, ImageSize size) {
    ObjectNode json = new ObjectMapper().createObjectNode();
    json.put("image_processor_type", "ViTImageProcessor");
    json.put("do_rescale", true).put("rescale_factor", RESCALE).put("do_normalize", true);
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
