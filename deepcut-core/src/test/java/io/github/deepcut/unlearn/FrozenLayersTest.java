package io.github.deepcut.unlearn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.deepcut.TinyModels;
import io.github.deepcut.data.Sequence;
import io.github.deepcut.data.Task;
import io.github.deepcut.model.Classifier;
import io.github.deepcut.model.Prediction;
import io.github.deepcut.model.Predictor;
import io.github.deepcut.model.transformer.FrozenLayers;
import io.github.deepcut.model.transformer.TextClassifier;
import io.github.deepcut.tensor.Tensors;
import io.github.deepcut.train.Optimizer;
import io.github.deepcut.unlearn.deepcut.DeepCutLoss;
import io.github.deepcut.unlearn.deepcut.DeepCutSettings;
import io.github.deepcut.unlearn.deepcut.TrainableLayers;
import io.github.deepcut.unlearn.loop.ItemValues;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is kept of frozen layers changes no bit. */
class FrozenLayersTest {
  private static final int STEPS = 6;

  private static List<Sequence> rows(Task task) {
    return task == Task.NER ? TinyModels.tagged(60, 3, 1) : TinyModels.sentences(60, 3, 1);
  }

  private static TextClassifier model(Task task) {
    List<String> labels =
        task == Task.NER ? List.of("O", "B-X", "I-X", "B-Y") : List.of("a", "b", "c");
    return TinyModels.wide(task, labels, 1);
  }

  /** The weights after some steps, and what the model then says of all rows. */
  private record Outcome(Map<String, float[]> weights, List<float[]> said) {}

  private static Outcome steps(Task task, long bound) {
    List<Sequence> rows = rows(task);
    UnlearningData sets =
        new UnlearningData(rows.subList(0, 12), rows.subList(12, 60), List.of(), 1e-3);
    DeepCutSettings settings = DeepCutSettings.defaults(task);
    TextClassifier whole = model(task);
    ItemValues push = ItemValues.all(0.5f, sets.forget());
    try (var lower = new FrozenLayers(1, sets.forget(), bound)) {
      Classifier model = bound < 0 ? whole : lower.below(whole);
      try (var loss = new DeepCutLoss(settings, model, sets);
          var optimizer =
              new Optimizer(
                  whole.weights(),
                  new TrainableLayers(1, true).among(whole.weights().names()),
                  0.01,
                  1)) {
        SplittableRandom random = new SplittableRandom(1);
        for (int k = 0; k < STEPS; k++) {
          int[] chosen = random.ints(8, 0, 12).distinct().toArray();
          List<Sequence> forgotten = Arrays.stream(chosen).mapToObj(rows::get).toList();
          try (var scope = new PointerScope()) {
            SplittableRandom own = random.split();
            torch.manual_seed(own.nextLong());
            optimizer.step(loss.of(forgotten, push.of(chosen), own), 1e-3);
          }
        }
      }
      Map<String, float[]> weights = new LinkedHashMap<>();
      whole.weights().all().forEach((n, t) -> weights.put(n, Tensors.floats(t)));
      return new Outcome(weights, said(model, rows));
    } finally {
      whole.weights().close();
    }
  }

  private static List<float[]> said(Classifier model, List<Sequence> rows) {
    return new Predictor().predict(model, rows).stream().map(Prediction::logProbabilities).toList();
  }

  @ParameterizedTest
  @EnumSource(
      value = Task.class,
      names = {"CLASSIFY", "NER"})
  void whatIsKeptChangesNoBit(Task task) {
    Outcome nothing = steps(task, 0);
    for (long bound : new long[] {40_000, FrozenLayers.BOUND}) { // some, and all
      Outcome kept = steps(task, bound);
      nothing.weights.forEach(
          (name, values) -> assertThat(kept.weights.get(name)).as(name).containsExactly(values));
      assertThat(kept.said).containsExactlyElementsOf(nothing.said);
    }
    Outcome plain = steps(task, -1); // computed in other batches: other last bits
    for (int i = 0; i < plain.said.size(); i++) {
      assertThat(nothing.said.get(i)).containsExactly(plain.said.get(i), within(2e-3f));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Task.class,
      names = {"CLASSIFY", "NER"})
  void recurringRowsAreComputedOnce(Task task) {
    List<Sequence> rows = rows(task);
    TextClassifier whole = model(task);
    try (var weights = whole.weights();
        var lower = new FrozenLayers(1, rows.subList(0, 12), FrozenLayers.BOUND)) {
      Classifier model = lower.below(whole);
      List<float[]> before = said(model, rows.subList(0, 12));
      try (var scope = new PointerScope()) {
        weights.get("bert.embeddings.LayerNorm.weight").zero_(); // nobody looks any more
      }
      assertThat(said(model, rows.subList(0, 12))).containsExactlyElementsOf(before);
      assertThat(said(whole, rows.subList(0, 12)).get(0)).isNotEqualTo(before.get(0));
    }
  }
}
