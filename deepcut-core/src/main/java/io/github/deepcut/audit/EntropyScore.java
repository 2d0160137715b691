package io.github.deepcut.audit;

import io.github.deepcut.model.Prediction;

/**
 * The negative entropy of the answer, the sum of p_c log p_c (Shokri et al., 2017; Salem et al.,
 * 2019): members are answered with less doubt. It needs no label.
 *
 * <p>Range: -log C to 0, in nats; members score higher.
 */
public record EntropyScore() implements ScoreAttack {
  @Override
  public String name() {
    return "entropy";
  }

  @Override
  public double score(Prediction item) {
    double sum = 0;
    for (float log : item.logProbabilities()) {
      sum += log == Float.NEGATIVE_INFINITY ? 0 : Math.exp(log) * log;
    }
    return sum;
  }
}
