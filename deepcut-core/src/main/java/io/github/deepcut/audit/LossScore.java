package io.github.deepcut.audit;

import io.github.deepcut.model.Prediction;

/**
 * The negative cross-entropy of the true class, log p_y (Yeom et al., 2018).
 *
 * <p>Range: up to 0, in nats; members score higher.
 */
public record LossScore() implements ScoreAttack {
  @Override
  public String name() {
    return "loss";
  }

  @Override
  public double score(Prediction item) {
    return -item.loss();
  }
}
