package com.example;

import io.github.deepcut.audit.ScoreAttack;
import io.github.deepcut.model.Prediction;

/**
 * The negative Brier score, -Σ (p_c - [c = y])², for {@code deepcut audit --attack brier}.
 *
 * <p>Range [-2, 0]; members score higher.
 */
public record BrierScore() implements ScoreAttack {
  @Override
  public String name() {
    return "brier";
  }

  @Override
  public String what() {
    return "the Brier score";
  }

  @Override
  public double score(Prediction item) {
    float[] log = item.logProbabilities();
    double sum = 0;
    for (int c = 0; c < log.length; c++) {
      double off = Math.exp(log[c]) - (c == item.label() ? 1 : 0);
      sum += off * off;
    }
    return -sum;
  }
}
