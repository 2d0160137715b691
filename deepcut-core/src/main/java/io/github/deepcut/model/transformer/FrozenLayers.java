package io.github.deepcut.model.transformer;

import io.github.deepcut.data.Batch;
import io.github.deepcut.data.Input;
import io.github.deepcut.data.Sequence;
import io.github.deepcut.data.Task;
import io.github.deepcut.data.TextBatch;
import io.github.deepcut.model.Classifier;
import io.github.deepcut.tensor.Weights;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * What the embeddings and lower layers of a classifier make of rows, where they do not move: of
 * rows that are met again and again it is computed once and kept, so that the classifier starts at
 * its first moving layer.
 *
 * <p>The last bits of a matrix product depend on the rows that share it. So that a result does not
 * depend on what happens to be kept, a row that may be kept is always computed alone, and the other
 * rows of a batch together. The last such others are remembered, too: a step asks two models about
 * them.
 */
public final class FrozenLayers implements AutoCloseable {
  /** Bytes to keep, usually. */
  public static final long BOUND = 1L << 30;

  /**
   * Rows that were computed together, and whether in mixed precision. Rows are told by identity.
   */
  private record Key(List<Sequence> rows, boolean mixed) {}

  private final int layers;
  private final Set<Input> recurring;
  private final long bound;
  private final Map<Key, Tensor> kept = new HashMap<>();
  private long bytes;
  private Key last;
  private Tensor ofLast;

  /**
   * @param layers how many do not move, from the bottom; the embeddings do not either
   * @param recurring rows to keep
   * @param bound most bytes to keep; what goes beyond is computed again each time
   */
  public FrozenLayers(int layers, List<? extends Input> recurring, long bound) {
    this.layers = layers;
    this.recurring = new HashSet<>(recurring);
    this.bound = bound;
  }

  /** {@code model}, asking here for what is below its first moving layer. */
  public Classifier below(TextClassifier model) {
    return new Above(this, model);
  }

  /** The hidden states (R, H) of a batch's tokens below the first moving layer. */
  private Tensor of(TextClassifier model, TextBatch batch) {
    List<Sequence> others =
        batch.sequences().stream().filter(row -> !recurring.contains(row)).toList();
    Tensor together = others.isEmpty() ? null : together(model, others);
    if (others.size() == batch.rows()) {
      return together;
    }
    TensorVector parts = new TensorVector();
    long next = 0;
    for (Sequence row : batch.sequences()) {
      if (recurring.contains(row)) {
        parts.push_back(alone(model, row));
      } else {
        parts.push_back(together.narrow(0, next, row.length()));
        next += row.length();
      }
    }
    return torch.cat(parts); // (R, H)
  }

  private Tensor alone(TextClassifier model, Sequence row) {
    Key key = key(List.of(row));
    Tensor made = kept.get(key);
    if (made == null) {
      made = make(model, key);
      if (bytes + made.nbytes() <= bound) {
        bytes += made.nbytes();
        kept.put(key, made.retainReference());
      }
    }
    return made;
  }

  private Tensor together(TextClassifier model, List<Sequence> rows) {
    Key key = key(rows);
    if (!key.equals(last)) {
      forgetLast();
      ofLast = make(model, key).retainReference();
      last = key;
    }
    return ofLast;
  }

  private static Key key(List<Sequence> rows) {
    return new Key(rows, torch.is_autocast_enabled(torch.DeviceType.CPU));
  }

  private Tensor make(TextClassifier model, Key key) {
    PointerScope outer = PointerScope.getInnerScope();
    try (var scope = new PointerScope();
        var noGrad = new NoGradGuard()) {
      Tensor made = model.below(layers, (TextBatch) model.batch(key.rows()));
      outer.attach(made);
      return made;
    }
  }

  private void forgetLast() {
    if (ofLast != null) {
      ofLast.close();
    }
  }

  @Override
  public void close() {
    forgetLast();
    kept.values().forEach(Tensor::close);
  }

  /** A classifier from its first moving layer on; all its versions agree below. */
  private record Above(FrozenLayers lower, TextClassifier whole) implements Classifier {
    @Override
    public Tensor input(Batch batch) {
      return lower.of(whole, (TextBatch) batch);
    }

    @Override
    public Output forward(Tensor hidden, Batch batch, boolean training) {
      return whole.above(lower.layers, hidden, (TextBatch) batch, training);
    }

    @Override
    public List<Tensor> layers(Batch batch) {
      return whole.layers(batch);
    }

    @Override
    public Weights weights() {
      return whole.weights();
    }

    @Override
    public Classifier withWeights(Weights other) {
      return new Above(lower, whole.withWeights(other));
    }

    @Override
    public List<String> labels() {
      return whole.labels();
    }

    @Override
    public Task task() {
      return whole.task();
    }
  }
}
