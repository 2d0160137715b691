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
 * How hard each item of D_f is pushed off its class in a pass, v = g·w: 0 leaves it alone, below 0
 * it is pulled back.
 *
 * <p><b>w = clip((t - log(loss + ε)) / σ, -1, 1)</b>: full push, until its log loss is near the
 * target t, what a model that never saw it would have. σ is one nat.
 *
 * <p><b>The gain g</b> grows for as long as the item stays on one side of its target: before each
 * pass but the first it is multiplied by e^{η·|w|} where w still points as it did, and by
 * e^{-2η·|w|} where it has turned; it stays between 1 and {@value #MOST}. A memorised word needs
 * many times the push of one that the model was unsure of anyway, and what was pushed along with it
 * as much to come back. A step size per weight grows and shrinks like this in Rprop (Riedmiller and
 * Braun, 1993).
 */
final class AnchorWeights implements PassState {
  private static final float MOST = 30;

  /** A push weaker than this counts as none. */
  private static final float SETTLED = 0.05f;

  /** What w is for each item of D_f, as the model is now. */
  interface Push {
    ItemValues now();
  }

  private final List<? extends Input> forget;
  private final Push push;
  private final double gainRate;
  private ItemValues gains; // with the sign of the last push
  private ItemValues weights; // of the pass under way

  /** With {@code gainRate} η; 0 leaves every push as it is. */
  AnchorWeights(List<? extends Input> forget, Push push, double gainRate) {
    this.forget = forget;
    this.push = push;
    this.gainRate = gainRate;
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
    ItemValues now = push.now();
    ItemValues last = gains;
    gains = ItemValues.zeros(forget);
    weights = ItemValues.zeros(forget);
    for (int r = 0; r < forget.size(); r++) {
      for (int k = 0; k < now.rows()[r].length; k++) {
        float w = now.at(r, k);
        float gain = last == null ? 1 : next(last.at(r, k), w);
        gains.rows()[r][k] = Math.copySign(gain, w);
        weights.rows()[r][k] = gain * w;
      }
    }
  }

  private float next(float gain, float w) {
    double growth = gainRate * Math.abs(w) * (gain * w >= 0 ? 1 : -2);
    return (float) Math.min(MOST, Math.max(1, Math.abs(gain) * Math.exp(growth)));
  }

  /** v of each item of these rows, in the pass under way. */
  ItemValues of(int[] rows) {
    return weights.of(rows);
  }

  /** Whether an item of the row is still to be moved. */
  boolean moves(int row) {
    for (float v : weights.rows()[row]) {
      if (!(Math.abs(v) <= SETTLED)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void save(Snapshot to) {
    to.put("push", weights.flat()).put("gain", gains.flat());
  }

  @Override
  public void restore(Snapshot from) {
    int items = ItemValues.zeros(forget).count();
    weights = ItemValues.of(from.array("push", items), forget);
    gains = ItemValues.of(from.array("gain", items), forget);
  }
}
