package io.github.deepcut.bench.step;

import io.github.deepcut.Methods;
import io.github.deepcut.data.Sequence;
import io.github.deepcut.data.Task;
import io.github.deepcut.model.transformer.EncoderConfig;
import io.github.deepcut.model.transformer.Parameter;
import io.github.deepcut.model.transformer.TextClassifier;
import io.github.deepcut.run.Run;
import io.github.deepcut.tensor.Weights;
import io.github.deepcut.train.Optimizer;
import io.github.deepcut.train.Recipe;
import io.github.deepcut.train.Trainer;
import io.github.deepcut.unlearn.StopRule;
import io.github.deepcut.unlearn.UnlearningData;
import io.github.deepcut.unlearn.deepcut.DeepCut;
import io.github.deepcut.unlearn.deepcut.DeepCutLoss;
import io.github.deepcut.unlearn.loop.ItemValues;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** DeepCUT's own steps. */
public final class Steps {
  private static final List<String> LABELS = List.of("a", "b");

  private Steps() {}

  static Timed train(Shape shape, boolean bf16) {
    TextClassifier model = model(shape);
    var optimizer = new Optimizer(model.weights(), n -> true, 0.01, 1.0);
    Trainer trainer = new Trainer(new Recipe(1, 16, 5e-5, 0.1, 0.01, 1.0, 0, 128, bf16, 1));
    List<Sequence> rows = rows(shape);
    return () -> trainer.step(model, rows, optimizer, 0);
  }

  /** A DeepCUT step of as many tokens, of D_f and of D_r in the proportion of the defaults. */
  static Timed unlearn(Shape shape, boolean bf16) {
    TextClassifier model = model(shape);
    DeepCut method = inProportion(shape.rows(), Map.of());
    List<Sequence> rows = rows(shape);
    int forgotten = method.steps().batchSize();
    UnlearningData sets =
        new UnlearningData(
            rows.subList(0, forgotten),
            rows.subList(forgotten, shape.rows()),
            List.of(),
            5e-5,
            bf16);
    var optimizer = new Optimizer(model.weights(), n -> true, 0.01, 1.0);
    var loss = new DeepCutLoss(method, model, sets);
    ItemValues push = ItemValues.all(1, sets.forget());
    SplittableRandom random = new SplittableRandom(3);
    return () -> {
      torch.manual_seed(random.nextLong());
      try (var scope = new PointerScope()) {
        Tensor value = loss.of(sets.forget(), push, random);
        if (!Double.isFinite(value.item_double())) { // as an unlearning looks, too
          throw new IllegalStateException("the loss is no number");
        }
        optimizer.step(value, 5e-5);
      }
    };
  }

  /** The method for sentences with so many rows in a step, in the proportion of the defaults. */
  private static DeepCut inProportion(int rows, Map<String, String> others) {
    DeepCut d = DeepCut.defaults(Task.CLASSIFY);
    int kept = d.retention().retainBatchSize();
    int retained = rows * kept / (d.steps().batchSize() + kept);
    Map<String, String> changed = new LinkedHashMap<>(others);
    changed.put("batch_size", Integer.toString(rows - retained));
    changed.put("retain_batch_size", Integer.toString(retained));
    changed.put("retain_least", Integer.toString(retained));
    return (DeepCut) Methods.create("deepcut", Task.CLASSIFY, changed).method();
  }

  /** A whole short unlearning, with its estimates and best weights, at as many tokens a step. */
  static void unlearnOnce(Shape shape, boolean bf16) {
    DeepCut method = inProportion(shape.rows(), Map.of("passes", "2", "min_steps", "4"));
    List<Sequence> rows = rows(shape);
    int forgotten = method.steps().batchSize();
    TextClassifier model = model(shape);
    List<Sequence> retain = rows.subList(forgotten, shape.rows());
    UnlearningData sets =
        new UnlearningData(rows.subList(0, forgotten), retain, retain, 5e-5, bf16);
    method.unlearn(model, sets, StopRule.never(), Run.of(1));
  }

  /** A classifier of that shape with random weights. */
  public static TextClassifier model(Shape shape) {
    EncoderConfig config = config(shape);
    SplittableRandom random = new SplittableRandom(1);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (Parameter p : TextClassifier.parameters(config, Task.CLASSIFY, LABELS.size())) {
      tensors.put(p.name(), p.fresh(0.02, random));
    }
    return new TextClassifier(config, Task.CLASSIFY, LABELS, Weights.of(tensors));
  }

  private static EncoderConfig config(Shape s) {
    var json = new com.fasterxml.jackson.databind.ObjectMapper().createObjectNode();
    json.put("model_type", "bert").put("vocab_size", s.vocabulary()).put("hidden_size", s.hidden());
    json.put("num_hidden_layers", s.layers()).put("num_attention_heads", s.heads());
    json.put("intermediate_size", s.wide()).put("max_position_embeddings", 512);
    return EncoderConfig.of(json);
  }

  /** Rows of random tokens, all of the same length. */
  public static List<Sequence> rows(Shape s) {
    SplittableRandom random = new SplittableRandom(2);
    List<Sequence> rows = new ArrayList<>();
    for (int r = 0; r < s.rows(); r++) {
      int[] ids = random.ints(s.tokens(), 0, s.vocabulary()).toArray();
      int[] one = {0};
      rows.add(new Sequence(r, ids, new int[s.tokens()], one, one, new int[] {r % 2}));
    }
    return rows;
  }
}
