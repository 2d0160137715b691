package io.github.deepcut.model.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.deepcut.data.Sequence;
import io.github.deepcut.data.TextBatch;
import io.github.deepcut.tensor.Tensors;
import io.github.deepcut.tensor.Weights;
import io.github.deepcut.train.Trainer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.apache.commons.numbers.gamma.Erf;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MaskedLanguageModelTest {
  private static final int H = 8;
  private static final int V = 30;

  /** Two rows; the tokens to guess are 7 and 9 in the first, 11 in the second. */
  private static final List<Sequence> ROWS =
      List.of(
          row(new int[] {2, 4, 8, 4, 3}, new int[] {1, 3}, new int[] {7, 9}),
          row(new int[] {2, 6, 4, 3}, new int[] {2}, new int[] {11}));

  private static Sequence row(int[] ids, int[] positions, int[] labels) {
    return new Sequence(0, ids, new int[ids.length], positions, positions, labels);
  }

  static Stream<Family> families() {
    return Stream.of(new Bert(), Roberta.ROBERTA, new DistilBert());
  }

  private static EncoderConfig config(Family a, Activation activation) {
    int types = a instanceof DistilBert ? 0 : 2;
    return new EncoderConfig(
        a, V, H, H, 1, 2, 16, 16, types, 0, activation, 1e-12, 0.1, 0.1, 0.1, 0.5);
  }

  /** All weights random, biases and scales too. */
  private static MaskedLanguageModel model(EncoderConfig c) {
    SplittableRandom random = new SplittableRandom(1);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    try (var scope = new PointerScope()) {
      for (Parameter p : MaskedLanguageModel.parameters(c)) {
        int size = (int) Arrays.stream(p.shape()).reduce(1, (a, b) -> a * b);
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
          values[i] = (float) (0.5 * random.nextGaussian());
        }
        tensors.put(p.name(), Tensor.create(values, p.shape()));
      }
      return new MaskedLanguageModel(c, Weights.of(tensors));
    }
  }

  private static List<String> head(Family a) {
    return MaskedLanguageModel.parameters(config(a, Activation.GELU)).stream()
        .filter(p -> MaskedLanguageModel.isOfHead(a, p.name()))
        .map(p -> p.name() + Arrays.toString(p.shape()))
        .toList();
  }

  @Test
  void namesAndShapesAreThoseOfTheFamilies() {
    assertThat(head(new Bert()))
        .containsExactly(
            "cls.predictions.transform.dense.weight[8, 8]",
            "cls.predictions.transform.dense.bias[8]",
            "cls.predictions.transform.LayerNorm.weight[8]",
            "cls.predictions.transform.LayerNorm.bias[8]",
            "cls.predictions.bias[30]");
    assertThat(head(Roberta.ROBERTA))
        .containsExactly(
            "lm_head.dense.weight[8, 8]",
            "lm_head.dense.bias[8]",
            "lm_head.layer_norm.weight[8]",
            "lm_head.layer_norm.bias[8]",
            "lm_head.bias[30]");
    assertThat(head(new DistilBert()))
        .containsExactly(
            "vocab_transform.weight[8, 8]",
            "vocab_transform.bias[8]",
            "vocab_layer_norm.weight[8]",
            "vocab_layer_norm.bias[8]",
            "vocab_projector.bias[30]");
    assertThat(MaskedLanguageModel.isOfHead(new Bert(), "bert.pooler.dense.bias")).isFalse();
    assertThat(MaskedLanguageModel.isOfHead(new DistilBert(), "pre_classifier.bias")).isFalse();
  }

  @ParameterizedTest
  @MethodSource("families")
  void logitsAreThoseOfTheFormula(Family a) {
    agreesWithTheFormula(config(a, Activation.GELU), false);
    agreesWithTheFormula(config(a, Activation.RELU), !(a instanceof Roberta));
  }

  /** E·LayerNorm(act(W h + b)) + c, in double precision, from the encoder's own hidden states. */
  private static void agreesWithTheFormula(EncoderConfig c, boolean relu) {
    MaskedLanguageModel model = model(c);
    String prefix = c.family().prefix();
    try (var scope = new PointerScope();
        var weights = model.weights()) {
      TextBatch batch = TextBatch.of(ROWS);
      Tensor logits = model.logits(batch, false);
      assertThat(new long[] {logits.size(0), logits.size(1)}).containsExactly(3, V);
      double[] hidden = Tensors.doubles(new Transformer(c, weights).forward(batch, false));
      List<String> names = new ArrayList<>(weights.names());
      List<double[]> head = new ArrayList<>(); // W, b, scale, shift, c
      for (String name : names.subList(names.size() - 5, names.size())) {
        head.add(Tensors.doubles(weights.get(name)));
      }
      double[] words = Tensors.doubles(weights.get(prefix + "embeddings.word_embeddings.weight"));
      int[] tokens = {1, 3, 7}; // second and fourth of the first row, third of the second
      double[] got = Tensors.doubles(logits);
      for (int n = 0; n < 3; n++) {
        double[] h = Arrays.copyOfRange(hidden, tokens[n] * H, (tokens[n] + 1) * H);
        double[] x = new double[H];
        for (int i = 0; i < H; i++) {
          double z = dot(head.get(0), i * H, h) + head.get(1)[i];
          x[i] = relu ? Math.max(0, z) : z * (1 + Erf.value(z / Math.sqrt(2))) / 2;
        }
        double mean = Arrays.stream(x).average().orElseThrow();
        double variance =
            Arrays.stream(x).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
        for (int i = 0; i < H; i++) {
          x[i] = (x[i] - mean) / Math.sqrt(variance) * head.get(2)[i] + head.get(3)[i];
        }
        for (int v = 0; v < V; v++) {
          assertThat(got[n * V + v]).isCloseTo(dot(words, v * H, x) + head.get(4)[v], within(1e-4));
        }
      }
    }
  }

  private static double dot(double[] matrix, int from, double[] x) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += matrix[from + i] * x[i];
    }
    return sum;
  }

  /** A word that is nowhere in the input is reached by way of the decoder alone. */
  @ParameterizedTest
  @MethodSource("families")
  void theTiedMatrixIsTrainedFromBothEnds(Family a) {
    MaskedLanguageModel model = model(config(a, Activation.GELU));
    try (var scope = new PointerScope();
        var weights = model.weights()) {
      weights.trainable(name -> true);
      TextBatch batch = TextBatch.of(ROWS);
      Trainer.crossEntropy(model.logits(batch, false), batch.labels()).backward();
      String words = a.modelType() + ".embeddings.word_embeddings.weight";
      double[] gradient = Tensors.doubles(weights.get(words).grad());
      for (int v = 0; v < V; v++) {
        double[] row = Arrays.copyOfRange(gradient, v * H, (v + 1) * H);
        assertThat(Arrays.stream(row).map(Math::abs).sum()).as("token " + v).isPositive();
      }
      assertThat(weights.names()).allSatisfy(n -> assertThat(n).doesNotContain("decoder.weight"));
    }
  }
}
