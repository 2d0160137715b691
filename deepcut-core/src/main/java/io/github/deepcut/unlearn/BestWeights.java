package io.github.deepcut.unlearn;

import io.github.deepcut.model.Classifier;
import io.github.deepcut.tensor.Weights;
import io.github.deepcut.unlearn.StopRule.Judgement;

/** Keeps the weights that the stop rule liked best, to go back to when a later pass overshoots. */
final class BestWeights implements AutoCloseable {
  private final boolean latest;
  private double distance = Double.POSITIVE_INFINITY;
  private int pass;
  private Weights weights;

  /**
   * @param latest whether, of passes that the rule cannot tell apart (within one standard error of
   *     the least distance), the latest is kept; else the one of least distance
   */
  BestWeights(boolean latest) {
    this.latest = latest;
  }

  void see(Judgement judgement, Classifier model, int atPass) {
    double slack = latest ? judgement.error() : 0;
    if (judgement.distance() < distance + slack) {
      distance = Math.min(distance, judgement.distance());
      pass = atPass;
      close();
      weights = model.weights().copy();
    }
  }

  /** Puts the best weights back and tells from which pass they are. */
  int restore(Classifier model) {
    model.weights().set(weights);
    return pass;
  }

  @Override
  public void close() {
    if (weights != null) {
      weights.close();
    }
  }
}
