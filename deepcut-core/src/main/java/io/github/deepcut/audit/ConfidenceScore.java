package io.github.deepcut.audit;

import io.github.deepcut.model.Prediction;

/**
 * The log probability of the most probable class (Salem et al., ML-Leaks, 2019): an attacker who
 * does not know the label can use it. The true class's would rank samples as the loss does.
 *
 * <p>Range: up to 0, in nats; members score higher.
 */
public record ConfidenceScore() implements ScoreAttack {
  @Override
  public String name() {
    return "confidence";
  }

  @Override
  public double score(Prediction item) {
    return item.logProbabilities()[item.best()];
  }
}
