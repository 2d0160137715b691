package io.github.deepcut.unlearn.deepcut.target;

import io.github.deepcut.model.Prediction;

/**
 * Where the loss of each forgotten item should be.
 *
 * @param logLosses log(loss + ε) of each item of each forgotten sequence, in their order
 * @param epsilon ε: {@value Estimate#EPSILON}, or what three of four held-out items stay below if
 *     that is less: a model that is sure of nearly everything still tells by its tiny losses what
 *     it has seen
 */
public record TargetLosses(double[][] logLosses, double epsilon) {
  /** How far an item's log loss is below its target, in nats. */
  public double gap(int row, int item, Prediction now) {
    return logLosses[row][item] - Math.log(now.loss() + epsilon);
  }
}
