package io.github.deepcut.model;

import io.github.deepcut.data.Batch;
import io.github.deepcut.data.Sequence;
import io.github.deepcut.run.Progress;
import io.github.deepcut.tensor.Autocast;
import io.github.deepcut.tensor.Tensors;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/**
 * Runs a model over sequences without dropout or gradients, sorted by length so that little is
 * padded.
 *
 * @param tokensPerBatch most tokens, padding included, in one forward pass
 */
public record Predictor(int tokensPerBatch, Progress progress) {

  public Predictor() {
    this(4096, Progress.silent());
  }

  /** One prediction an item, ordered by example and word. */
  public List<Prediction> predict(Classifier model, List<Sequence> sequences) {
    int[] order =
        IntStream.range(0, sequences.size())
            .boxed()
            .sorted(Comparator.comparingInt(i -> sequences.get(i).ids().length))
            .mapToInt(Integer::intValue)
            .toArray();
    List<Prediction> out = new ArrayList<>(sequences.size());
    try (var stage = progress.stage("predict", sequences.size())) {
      for (int from = 0; from < order.length; ) {
        int to = from + 1;
        while (to < order.length
            && sequences.get(order[to]).ids().length * (to + 1 - from) <= tokensPerBatch) {
          to++;
        }
        List<Sequence> rows =
            IntStream.range(from, to).mapToObj(i -> sequences.get(order[i])).toList();
        predictBatch(model, rows, out);
        rows.forEach(r -> stage.step(""));
        from = to;
      }
    }
    out.sort(Comparator.comparingInt(Prediction::example).thenComparingInt(Prediction::word));
    return out;
  }

  private static void predictBatch(Classifier model, List<Sequence> rows, List<Prediction> out) {
    float[] log;
    try (var scope = new PointerScope();
        var noGrad = new NoGradGuard();
        var exact = Autocast.set(false)) {
      Tensor logits = model.forward(Batch.of(rows, model.padId()), false).logits(); // (N, C)
      log = Tensors.floats(logits.log_softmax(-1));
    }
    int classes = model.labels().size();
    int n = 0;
    for (Sequence row : rows) {
      for (int k = 0; k < row.positions().length; k++, n++) {
        float[] p = java.util.Arrays.copyOfRange(log, n * classes, (n + 1) * classes);
        out.add(new Prediction(row.example(), row.words()[k], row.labels()[k], p));
      }
    }
  }
}
