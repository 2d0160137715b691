package io.github.deepcut.unlearn.deepcut.target;

import io.github.deepcut.model.Prediction;

/**
 * Where the loss of each forgotten item should be.
 *
 * @param logLosses log(loss + ε) of each item of each forgotten sequence, in their order
 */
public record TargetLosses(double[][] logLosses) {
  /**
   * ε, which keeps log losses finite: small, for a model that is sure of nearly everything still
   * tells by its tiny losses what it has seen.
   */
  public static final double EPSILON = 1e-5;

  /** {@return log(loss + ε)} */
  static double log(double loss) {
    return Math.log(loss + EPSILON);
  }

  /** How far an item's log loss is below its target, in nats. */
  public double gap(int row, int item, Prediction now) {
    return logLosses[row][item] - log(now.loss());
  }
}
