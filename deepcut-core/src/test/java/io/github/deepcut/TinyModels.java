package io.github.deepcut;

import io.github.deepcut.data.Sequence;
import io.github.deepcut.data.Task;
import io.github.deepcut.model.transformer.Activation;
import io.github.deepcut.model.transformer.Bert;
import io.github.deepcut.model.transformer.EncoderConfig;
import io.github.deepcut.model.transformer.Parameter;
import io.github.deepcut.model.transformer.TextClassifier;
import io.github.deepcut.tensor.Tensors;
import io.github.deepcut.tensor.Weights;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/** Small random encoders and learnable random data, for tests. */
public final class TinyModels {
  private TinyModels() {}

  /** 16 wide. */
  public static TextClassifier classifier(Task task, List<String> labels, long seed) {
    return make(new int[] {16, 2, 32}, task, labels, seed);
  }

  /** As wide as the small encoder of the results: 128. */
  public static TextClassifier wide(Task task, List<String> labels, long seed) {
    return make(new int[] {128, 4, 512}, task, labels, seed);
  }

  private static TextClassifier make(int[] size, Task task, List<String> labels, long seed) {
    EncoderConfig c =
        new EncoderConfig(
            new Bert(),
            50,
            size[0],
            size[0],
            2,
            size[1],
            size[2],
            32,
            2,
            0,
            Activation.GELU,
            1e-12,
            0.1,
            0.1,
            0.1,
            0.1);
    SplittableRandom random = new SplittableRandom(seed);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    try (var scope = new PointerScope()) {
      for (Parameter p : TextClassifier.parameters(c, task, labels.size())) {
        tensors.put(p.name(), p.fresh(c.initializerRange(), random));
      }
      return new TextClassifier(c, task, labels, Weights.of(tensors));
    }
  }

  /** Sentences of one of {@code classes} classes, told by tokens 10 + class; the rest is noise. */
  public static List<Sequence> sentences(int count, int classes, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Sequence> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int label = random.nextInt(classes);
      int[] ids = new int[4 + random.nextInt(6)];
      for (int k = 1; k < ids.length - 1; k++) {
        ids[k] = 20 + random.nextInt(30);
      }
      ids[0] = 2;
      ids[1 + random.nextInt(ids.length - 2)] = 10 + label;
      ids[ids.length - 1] = 3;
      rows.add(
          new Sequence(i, ids, new int[ids.length], new int[1], new int[1], new int[] {label}));
    }
    return rows;
  }

  /** Sentences of words, each tagged by its token: 10 to 10 + tags - 1 are entities, else O. */
  public static List<Sequence> tagged(int count, int tags, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Sequence> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int words = 3 + random.nextInt(5);
      int[] ids = new int[words + 2];
      int[] positions = new int[words];
      int[] index = new int[words];
      int[] labels = new int[words];
      ids[0] = 2;
      ids[words + 1] = 3;
      for (int w = 0; w < words; w++) {
        labels[w] = random.nextInt(3) == 0 ? 1 + random.nextInt(tags) : 0;
        ids[w + 1] = labels[w] == 0 ? 20 + random.nextInt(30) : 9 + labels[w];
        positions[w] = w + 1;
        index[w] = w;
      }
      rows.add(new Sequence(i, ids, new int[words + 2], positions, index, labels));
    }
    return rows;
  }

  /** A hash of every bit of every tensor. */
  public static int bits(Weights weights) {
    int hash = 1;
    for (var t : weights.all().values()) {
      for (float f : Tensors.floats(t)) {
        hash = 31 * hash + Float.floatToRawIntBits(f);
      }
    }
    return hash;
  }
}
