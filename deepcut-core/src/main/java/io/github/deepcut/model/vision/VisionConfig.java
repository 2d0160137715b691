package io.github.deepcut.model.vision;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deepcut.data.ImageSize;
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
    List<Integer> projection = Numbers.sizes(c, "projection_sizes", List.of());
    String type = c.path("model_type").asText("");
    if (type.equals(RESNET)) {
      ResNetConfig shape = ResNetConfig.of(c);
      return resnet(shape, projection, names);
    } else if (type.equals(CNN)) {
      int channels = Numbers.size(c, "num_channels", 3);
      List<Integer> sides = Numbers.sizes(c, "image_size", List.of());
      if (sides.size() != 2) {
        throw new InputException(
            "config.json: image_size is " + c.path("image_size") + ", expected [height, width]");
      }
      ImageSize takes = new ImageSize(channels, sides.get(0), sides.get(1));
      List<Integer> widths = Numbers.sizes(c, "hidden_sizes", List.of(16, 32));
      return new VisionConfig(new SmallCnn(takes, widths), takes, true, projection, names);
    } else if (c.path("architecture").asText("").startsWith(RESNET)) {
      JsonNode plain = Architectures.plain(c.get("architecture").asText());
      return resnet(ResNetConfig.of(plain), projection, names);
    }
    throw new InputException(
        "config.json: model_type '" + type + "' is not supported; supported are resnet and cnn");
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
