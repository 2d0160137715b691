package io.github.deepcut.model.vision;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deepcut.data.ImageSize;
import io.github.deepcut.model.Fields;
import io.github.deepcut.run.InputException;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@code config.json} says of an image classifier's shape: a backbone, linear layers with ReLU
 * between them that project its features into the latent space, and the classifier. Contrastive
 * Unlearning's ResNet (arXiv 2401.10458) projects d to d to 128; without layers the features
 * themselves are the latent space.
 *
 * @param size of the images that it takes
 * @param exact whether it takes no other; else only the channels count
 * @param projection widths of the projecting layers
 */
public record VisionConfig(
    Backbone backbone, ImageSize size, boolean exact, List<Integer> projection, Naming names) {
  static final String RESNET = "resnet";
  static final String CNN = "cnn";

  /** The longest side of an image that is read. */
  private static final int MOST_PIXELS = 8192;

  private static final int MOST_FEATURES = 1 << 24;

  public VisionConfig {
    projection = List.copyOf(projection);
  }

  /**
   * Reads it: of transformers' {@code model_type} {@code resnet}, of timm's {@code architecture},
   * or of our own {@code cnn}; {@code projection_sizes} is ours in each.
   *
   * @throws InputException if the configuration is of another kind of model
   */
  public static VisionConfig of(JsonNode c, Naming names) {
    Fields.requireOpenWeights(c);
    Fields.requireNone(c, "model_args");
    if (!Fields.text(c, "global_pool", "avg").equals("avg")) {
      throw Fields.fail("global_pool", c.get("global_pool"), "avg");
    }
    List<Integer> projection = Fields.sizes(c, "projection_sizes", List.of());
    String type = c.path("model_type").asText("");
    if (type.equals(RESNET)) {
      ResNetConfig shape = ResNetConfig.of(c);
      return resnet(shape, projection, names);
    } else if (type.equals(CNN)) {
      int channels = Fields.size(c, "num_channels", 3);
      List<Integer> sides = Fields.sizes(c, "image_size", List.of());
      if (sides.size() != 2) {
        throw Fields.fail("image_size", c.path("image_size"), "[height, width]");
      }
      ImageSize takes = new ImageSize(channels, sides.get(0), sides.get(1));
      List<Integer> widths = Fields.sizes(c, "hidden_sizes", List.of(16, 32));
      requireSides(c, widths);
      return new VisionConfig(new SmallCnn(takes, widths), takes, true, projection, names);
    } else if (c.path("architecture").asText("").startsWith(RESNET)) {
      JsonNode plain = Architectures.plain(c.get("architecture").asText());
      return resnet(ResNetConfig.of(plain), projection, names);
    }
    throw new InputException(
        "config.json: model_type '" + type + "' is not supported; supported are resnet and cnn");
  }

  /** Each stage halves the sides; the features are all places of the last one. */
  private static void requireSides(JsonNode c, List<Integer> widths) {
    List<Integer> sides = Fields.sizes(c, "image_size", List.of());
    double features = widths.isEmpty() ? 0 : widths.get(widths.size() - 1);
    for (int side : sides) {
      int left = widths.size() < Integer.SIZE - 1 ? side >> widths.size() : 0;
      features *= left;
      if (side > MOST_PIXELS || left < 1) {
        throw Fields.fail(
            "image_size",
            c.path("image_size"),
            "sides of at most %d that %d stages can halve".formatted(MOST_PIXELS, widths.size()));
      }
    }
    if (features < 1 || features > MOST_FEATURES) {
      throw Fields.fail(
          "hidden_sizes", c.path("hidden_sizes"), "1 to " + MOST_FEATURES + " places");
    }
  }

  private static VisionConfig resnet(ResNetConfig shape, List<Integer> projection, Naming names) {
    ImageSize any = new ImageSize(shape.channels(), 1, 1);
    return new VisionConfig(new ResNet(shape, names), any, false, projection, names);
  }

  /** Whether {@code config.json} is of an image model, whatever its head. */
  public static boolean matches(JsonNode c) {
    String type = c.path("model_type").asText("");
    return type.equals(RESNET)
        || type.equals(CNN)
        || (type.isEmpty() && c.path("architecture").asText("").startsWith(RESNET));
  }

  /** Start of the class name in {@code architectures} of {@code config.json}. */
  public static String className(JsonNode c) {
    return c.path("model_type").asText(RESNET).equals(CNN) ? "Cnn" : "ResNet";
  }

  /** The same, taking images of one size alone. */
  public VisionConfig ofSize(int height, int width) {
    ImageSize only = new ImageSize(size.channels(), height, width);
    return new VisionConfig(backbone, only, true, projection, names);
  }

  /** The size of image that it takes among images of {@code given} size. */
  public ImageSize expected(ImageSize given) {
    return exact ? size : new ImageSize(size.channels(), given.height(), given.width());
  }

  /** The i-th projecting layer, as a sequence of layers and ReLUs names it. */
  static String projector(int i) {
    return "projector." + 2 * i;
  }

  /** Every tensor by name, in checkpoint order. */
  public List<Parameter> parameters(int classes) {
    List<Parameter> out = new ArrayList<>(backbone.parameters());
    int in = backbone.width();
    for (int i = 0; i < projection.size(); i++) {
      Parameter.addLinear(out, projector(i), projection.get(i), in);
      in = projection.get(i);
    }
    Parameter.addLinear(out, names.classifier(), classes, in);
    return out;
  }

  /** Whether a tensor belongs to the classifier, which depends on the labels. */
  public boolean isOfClassifier(String name) {
    return name.startsWith(names.classifier() + ".");
  }
}
