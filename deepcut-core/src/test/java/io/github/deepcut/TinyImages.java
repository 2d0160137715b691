package io.github.deepcut;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.data.Dataset;
import io.github.deepcut.data.Example;
import io.github.deepcut.data.ImageSize;
import io.github.deepcut.data.LabeledImage;
import io.github.deepcut.data.Picture;
import io.github.deepcut.data.Task;
import io.github.deepcut.data.image.Normalisation;
import io.github.deepcut.model.vision.ImageClassifier;
import io.github.deepcut.model.vision.Naming;
import io.github.deepcut.model.vision.Parameter;
import io.github.deepcut.model.vision.VisionConfig;
import io.github.deepcut.tensor.Weights;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/** Small random image models and learnable random images, for tests. */
public final class TinyImages {
  public static final ImageSize SIZE = new ImageSize(3, 8, 8);

  private TinyImages() {}

  /** A ResNet of 4 and 8 channels, one block each. */
  public static ObjectNode resnet(String layer, boolean smallStem, int... projection) {
    ObjectNode c = new ObjectMapper().createObjectNode();
    c.putArray("architectures").add("ResNetForImageClassification");
    c.put("model_type", "resnet").put("num_channels", 3).put("embedding_size", 4);
    c.putArray("hidden_sizes").add(4).add(8);
    c.putArray("depths").add(1).add(2);
    c.put("layer_type", layer).put("hidden_act", "relu").put("small_stem", smallStem);
    var sizes = c.putArray("projection_sizes");
    for (int p : projection) {
      sizes.add(p);
    }
    return c;
  }

  /** Of such a configuration, with random weights, norms and running statistics. */
  public static ImageClassifier classifier(ObjectNode config, Naming names, int classes) {
    VisionConfig shape = VisionConfig.of(config, names);
    SplittableRandom random = new SplittableRandom(7);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    try (var scope = new PointerScope()) {
      for (Parameter p : shape.parameters(classes)) {
        Tensor t = p.fresh(random);
        tensors.put(p.name(), p.shape().length == 1 ? jitter(t, random) : t);
      }
      return new ImageClassifier(
          shape,
          new Normalisation(new double[] {0.4, 0.5, 0.6}, new double[] {0.2, 0.3, 0.25}),
          labels(classes),
          Weights.of(tensors));
    }
  }

  private static Tensor jitter(Tensor t, SplittableRandom random) {
    float[] add = new float[(int) t.numel()];
    for (int i = 0; i < add.length; i++) {
      add[i] = (float) (0.3 * random.nextDouble());
    }
    return t.add(Tensor.create(add, add.length));
  }

  public static List<String> labels(int classes) {
    List<String> out = new ArrayList<>();
    for (int c = 0; c < classes; c++) {
      out.add("class " + c);
    }
    return out;
  }

  /** Noise in which the class's row is bright. */
  public static Dataset dataset(int count, int classes, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Example> out = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] pixels = new byte[SIZE.values()];
      random.nextBytes(pixels);
      int c = random.nextInt(classes);
      for (int x = 0; x < SIZE.channels() * SIZE.width(); x++) {
        int channel = x / SIZE.width();
        pixels[(channel * SIZE.height() + c) * SIZE.width() + x % SIZE.width()] = (byte) 255;
      }
      out.add(new LabeledImage(Integer.toString(i), pixels, SIZE, "class " + c));
    }
    return new Dataset(Task.IMAGE, "tiny images", out);
  }

  /** The same as model input. */
  public static List<Picture> pictures(int count, int classes, long seed) {
    List<Picture> out = new ArrayList<>();
    for (Example e : dataset(count, classes, seed).examples()) {
      LabeledImage image = (LabeledImage) e;
      int[] label = {labels(classes).indexOf(image.label())};
      out.add(new Picture(out.size(), image.pixels(), SIZE, label));
    }
    return out;
  }
}
