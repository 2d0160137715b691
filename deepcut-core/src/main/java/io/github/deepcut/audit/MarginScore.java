package io.github.deepcut.audit;

import io.github.deepcut.model.Prediction;

/**
 * The margin of the true class over the best other one: log p_y - max log p_c, which is that of the
 * logits (Carlini et al., 2022, compare with it; TRAK and data-unlearning-bench call it the margin
 * in another scale).
 *
 * <p>Range: all reals, in nats; above 0 the answer is right; members score higher.
 */
public record MarginScore() implements ScoreAttack {
  @Override
  public String name() {
    return "margin";
  }

  @Override
  public double score(Prediction item) {
    float[] log = item.logProbabilities();
    double other = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < log.length; c++) {
      other = c == item.label() ? other : Math.max(other, log[c]);
    }
    return log[item.label()] - other;
  }
}
