package io.github.deepcut.model;

import io.github.deepcut.data.Input;
import io.github.deepcut.data.Picture;
import io.github.deepcut.run.Progress;
import io.github.deepcut.tensor.Autocast;
import io.github.deepcut.tensor.NotFiniteException;
import io.github.deepcut.tensor.Tensors;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Runs a model over sequences without dropout or gradients, sorted by length so that little is
 * padded; or over images.
 *
 * @param tokensPerBatch most tokens, padding included, in one forward pass; of pixels 64 times as
 *     many, such as 256 images of 32 x 32
 * @param bf16 whether matrix products run in bfloat16, which moves probabilities by its rounding
 * @param progress told the pace after each batch
 */
public record Predictor(int tokensPerBatch, boolean bf16, Progress progress, InstantSource clock) {
  private static final int PIXELS_PER_TOKEN = 64;

  /** In full precision. */
  public Predictor(int tokensPerBatch, Progress progress) {
    this(tokensPerBatch, false, progress, InstantSource.system());
  }

  /** In full precision and silence. */
  public Predictor() {
    this(4096, Progress.silent());
  }

  /**
   * One prediction an item, ordered by example and word.
   *
   * @throws NotFiniteException if the model answers NaN
   */
  public List<Prediction> predict(Classifier model, List<? extends Input> sequences) {
    List<Prediction> out = new ArrayList<>(sequences.size());
    for (Prediction[] row : rows(model, sequences)) {
      out.addAll(Arrays.asList(row));
    }
    out.sort(Comparator.comparingInt(Prediction::example).thenComparingInt(Prediction::word));
    return out;
  }

  /** The predictions of each sequence's items, in the order given. */
  public Prediction[][] rows(Classifier model, List<? extends Input> sequences) {
    List<Integer> order = new ArrayList<>();
    IntStream.range(0, sequences.size()).forEach(order::add);
    order.sort(Comparator.comparingInt(i -> sequences.get(i).length()));
    Prediction[][] out = new Prediction[sequences.size()][];
    Pace pace = new Pace(clock);
    try (var stage = progress.stage("predict", sequences.size())) {
      for (int from = 0; from < order.size(); ) {
        int to = from + 1;
        while (to < order.size()
            && cost(sequences.get(order.get(to))) * (to + 1 - from) <= tokensPerBatch) {
          to++;
        }
        List<Integer> chosen = order.subList(from, to);
        List<Input> rows = chosen.stream().<Input>map(sequences::get).toList();
        Prediction[][] done = batch(model, rows);
        String note = pace.after(rows);
        for (int k = 0; k < done.length; k++) {
          out[chosen.get(k)] = done[k];
          stage.step(note);
        }
        from = to;
      }
    }
    return out;
  }

  private static double cost(Input row) {
    return row instanceof Picture ? (double) row.length() / PIXELS_PER_TOKEN : row.length();
  }

  /** Weights that are finite may still be too large to compute with. */
  private static void requireNumbers(float[] answers) {
    for (float a : answers) {
      if (Float.isNaN(a)) {
        throw new NotFiniteException(
            "the model answers NaN, for its weights are too large to compute with");
      }
    }
  }

  private Prediction[][] batch(Classifier model, List<? extends Input> rows) {
    float[] log;
    try (var scope = new PointerScope();
        var noGrad = new NoGradGuard();
        var precision = Autocast.set(bf16)) {
      Tensor logits = model.forward(model.batch(rows), false).logits(); // (N, C)
      log = Tensors.floats(logits.to(torch.ScalarType.Float).log_softmax(-1));
    }
    requireNumbers(log);
    int classes = model.labels().size();
    Prediction[][] out = new Prediction[rows.size()][];
    int n = 0;
    for (int r = 0; r < out.length; r++) {
      Input row = rows.get(r);
      out[r] = new Prediction[row.labels().length];
      for (int k = 0; k < out[r].length; k++, n++) {
        float[] p = Arrays.copyOfRange(log, n * classes, (n + 1) * classes);
        out[r][k] = new Prediction(row.example(), row.words()[k], row.labels()[k], p);
      }
    }
    return out;
  }
}
