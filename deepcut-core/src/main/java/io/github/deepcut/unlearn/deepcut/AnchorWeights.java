package io.github.deepcut.unlearn.deepcut;

import io.github.deepcut.data.Input;
import io.github.deepcut.model.Classifier;
import io.github.deepcut.model.Prediction;
import io.github.deepcut.model.Predictor;
import io.github.deepcut.tensor.NotFiniteException;
import io.github.deepcut.tensor.Snapshot;
import io.github.deepcut.unlearn.deepcut.target.TargetLosses;
import io.github.deepcut.unlearn.loop.ItemValues;
import io.github.deepcut.unlearn.loop.PassState;
import java.util.List;

/**
 * How hard each item of D_f is pushed off its class in a pass, w: 0 leaves it alone, below 0 it is
 * pulled back.
 *
 * <p><b>w = clip((t - log(loss + ε)) / σ, -1, 1)</b>: full push, until its log loss is near the
 * target t, what a model that never saw it would have. σ is one nat.
 */
final class AnchorWeights implements PassState {
  /** A push weaker than this counts as none. */
  private static final float SETTLED = 0.05f;

  /** What w is for each item of D_f, as the model is now. */
  interface Push {
    ItemValues now();
  }

  private final List<? extends Input> forget;
  private final Push push;
  private ItemValues weights; // of the pass under way

  AnchorWeights(List<? extends Input> forget, Push push) {
    this.forget = forget;
    this.push = push;
  }

  /** Pushes an item until its log loss is at its target, and pulls back one that is beyond. */
  static Push towards(TargetLosses targets, Classifier model, List<? extends Input> forget) {
    return () -> {
      Prediction[][] now = new Predictor().rows(model, forget);
      ItemValues weights = ItemValues.zeros(forget);
      for (int r = 0; r < now.length; r++) {
        for (int k = 0; k < now[r].length; k++) {
          double gap = targets.gap(r, k, now[r][k]);
          if (now[r][k].label() >= 0 && Double.isNaN(gap)) {
            throw new NotFiniteException(
                "the push on a forgotten item is no number: its loss is %s, its target %s"
                    .formatted(now[r][k].loss(), targets.logLosses()[r][k]));
          }
          weights.rows()[r][k] = (float) Math.max(-1, Math.min(1, gap));
        }
      }
      return weights;
    };
  }

  @Override
  public void begin() {
    weights = push.now();
  }

  /** w of each item of these rows, in the pass under way. */
  ItemValues of(int[] rows) {
    return weights.of(rows);
  }

  /** Whether an item of the row is still to be moved. */
  boolean moves(int row) {
    for (float w : weights.rows()[row]) {
      if (!(Math.abs(w) <= SETTLED)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void save(Snapshot to) {
    to.put("push", weights.flat());
  }

  @Override
  public void restore(Snapshot from) {
    int items = ItemValues.zeros(forget).count();
    weights = ItemValues.of(from.array("push", items), forget);
  }
}
