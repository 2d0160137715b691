package io.github.deepcut.unlearn.loop;

import io.github.deepcut.model.Classifier;
import io.github.deepcut.tensor.Snapshot;
import io.github.deepcut.tensor.Weights;
import io.github.deepcut.unlearn.StopRule.Judgement;

/** Keeps the weights that the stop rule liked best, to go back to when a later pass overshoots. */
final class BestWeights implements AutoCloseable {
  private double distance = Double.POSITIVE_INFINITY;
  private int pass;
  private Weights weights;

  void see(Judgement judgement, Classifier model, int atPass) {
    if (judgement.distance() < distance) {
      distance = judgement.distance();
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

  void save(Snapshot to) {
    to.put("best/", weights.all()).values().put("best", distance).put("best_pass", pass);
  }

  void restore(Snapshot from, Classifier model) {
    distance = from.value("best").asDouble();
    pass = from.value("best_pass").asInt();
    close();
    weights = model.weights().copy();
    from.restore("best/", weights.all());
  }

  @Override
  public void close() {
    if (weights != null) {
      weights.close();
    }
  }
}
