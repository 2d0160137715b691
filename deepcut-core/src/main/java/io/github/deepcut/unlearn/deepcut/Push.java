package io.github.deepcut.unlearn.deepcut;

import io.github.deepcut.data.Input;
import io.github.deepcut.model.Classifier;
import io.github.deepcut.model.Prediction;
import io.github.deepcut.model.Predictor;
import io.github.deepcut.tensor.NotFiniteException;
import io.github.deepcut.unlearn.deepcut.target.TargetLosses;
import java.util.Arrays;
import java.util.List;

/** How hard each item of D_f is to be pushed off its class during the coming pass. */
interface Push {

  /**
   * A weight for each item of each forgotten sequence, in their order: 1 is the full push, 0 leaves
   * the item alone, a negative weight pulls it back to its class.
   */
  float[][] weights(Classifier model);

  /** The paper's form: every anchor is pushed equally hard, always. */
  static Push plain(List<? extends Input> forget) {
    float[][] ones = new float[forget.size()][];
    for (int r = 0; r < ones.length; r++) {
      ones[r] = new float[forget.get(r).labels().length];
      Arrays.fill(ones[r], 1);
    }
    return model -> ones;
  }

  /**
   * Pushes an item until its log loss is what a model that never saw it would have, and pulls back
   * one that is beyond: weight = clip((target - log(loss + ε)) / softness, -1, 1).
   *
   * @param softness nats of log loss over which the push fades out
   */
  static Push towards(TargetLosses.Targets targets, List<? extends Input> forget, double softness) {
    return model -> {
      Prediction[][] now = new Predictor().rows(model, forget);
      float[][] weights = new float[now.length][];
      for (int r = 0; r < now.length; r++) {
        weights[r] = new float[now[r].length];
        for (int k = 0; k < now[r].length; k++) {
          double gap = targets.gap(r, k, now[r][k]) / softness;
          if (now[r][k].label() >= 0 && Double.isNaN(gap)) {
            throw new NotFiniteException(
                "the push on a forgotten item is no number: its loss is %s, its target %s"
                    .formatted(now[r][k].loss(), targets.logLosses()[r][k]));
          }
          weights[r][k] = (float) Math.max(-1, Math.min(1, gap));
        }
      }
      return weights;
    };
  }
}
