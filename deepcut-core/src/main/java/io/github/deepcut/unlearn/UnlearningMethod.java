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

  /** {@return the name on the command line, kebab-case} */
  String name();

  /**
   * {@return whether it makes use of what siblings say, {@link UnlearningData#siblings}}
   *
   * @param fit whether they lack what the request takes away: see {@link SiblingLosses}
   */
  default boolean asksSiblings(boolean fit) {
    return false;
  }

  /**
   * Changes a model's weights in place so that it forgets {@code sets.forget()}.
   *
   * @param model the original; at the end it has the weights that are kept
   * @param sets what to forget, what to retain, and how the original was trained
   * @param stop asked before anything moves and after each pass; methods of one step do not ask it
   * @param run for its random streams, progress and checkpoints
   * @return passes, steps and why it stopped
   */
  Unlearned unlearn(Classifier model, UnlearningData sets, StopRule stop, Run run);
}
