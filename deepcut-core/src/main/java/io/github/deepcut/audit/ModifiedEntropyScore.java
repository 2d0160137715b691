package io.github.deepcut.audit;

import io.github.deepcut.model.Prediction;

/**
 * The negative modified entropy (Song and Mittal, 2021): (1 - p_y) log p_y plus the sum over other
 * classes of p_c log(1 - p_c). Unlike {@link EntropyScore} it tells a sure wrong answer from a sure
 * right one.
 *
 * <p>Range: up to 0, in nats; members score higher. 1 - p is not taken below {@value #LEAST}, for a
 * float32 probability of 1 says no more.
 */
public record ModifiedEntropyScore() implements ScoreAttack {
  private static final double LEAST = 1e-12;

  @Override
  public String name() {
    return "modified_entropy";
  }

  @Override
  public double score(Prediction item) {
    float[] log = item.logProbabilities();
    double sum = 0;
    for (int c = 0; c < log.length; c++) {
      double p = Math.exp(log[c]);
      double rest = Math.max(LEAST, -Math.expm1(log[c])); // 1 - p
      sum += c == item.label() ? rest * Math.max(log[c], Math.log(LEAST)) : p * Math.log(rest);
    }
    return sum;
  }
}
