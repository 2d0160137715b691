package io.github.deepcut.unlearn;

import io.github.deepcut.model.Classifier;
import io.github.deepcut.run.Run;

/** A way to take samples back out of a trained model. */
public interface UnlearningMethod {

  /**
   * What became of it.
   *
   * @param passes over D_f in the model that was kept
   * @param steps optimiser steps made in all
   * @param stoppedBy the stop rule's reason, or {@code passes} when the budget ended it
   */
  record Unlearned(int passes, long steps, String stoppedBy) {}

  /** The name on the command line, kebab-case. */
  String name();

  /** Changes {@code model}'s weights in place so that it forgets {@code sets.forget()}. */
  Unlearned unlearn(Classifier model, UnlearningData sets, StopRule stop, Run run);
}
