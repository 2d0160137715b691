package io.github.deepcut.unlearn.deepcut.target;

import io.github.deepcut.data.Task;
import io.github.deepcut.model.Classifier;
import io.github.deepcut.run.InputException;
import io.github.deepcut.run.Run;
import io.github.deepcut.unlearn.Setting;
import io.github.deepcut.unlearn.SiblingLosses;
import io.github.deepcut.unlearn.UnlearningData;

/**
 * What loss each forgotten item would have under a model that never saw it: what {@link
 * SiblingTargets siblings} say, or else an {@link Estimate}.
 */
public record Targets(
    @Setting("where targets are from: siblings where some fit the request, else an estimate")
        Source targets,
    Estimate estimate) {

  /** Where targets are from. */
  public enum Source {
    /** Siblings, where there are such and they fit; else the estimate. */
    AUTO,
    /** Siblings, whether or not they fit. */
    SIBLINGS,
    /** The estimate, even where there are siblings. */
    ESTIMATED
  }

  /** What was chosen for a task. */
  public static Targets defaults(Task task) {
    return new Targets(Source.AUTO, Estimate.defaults(task));
  }

  /**
   * Whether siblings are asked.
   *
   * @param fit whether there are such that fit the request
   */
  public boolean asks(boolean fit) {
    return switch (targets) {
      case AUTO -> fit;
      case SIBLINGS -> true;
      case ESTIMATED -> false;
    };
  }

  /**
   * The targets of D_f.
   *
   * @throws InputException where siblings are to be asked and there are none, or an estimate is to
   *     be made without held-out data
   */
  public TargetLosses of(Classifier model, UnlearningData sets, Run run) {
    if (!asks(sets.siblings().map(SiblingLosses::fit).orElse(false))) {
      return estimate.of(model, sets, run);
    }
    SiblingLosses siblings =
        sets.siblings()
            .orElseThrow(
                () ->
                    new InputException(
                        "targets=siblings: none are known of this model and these rows; deepcut"
                            + " siblings trains them"));
    return SiblingTargets.of(siblings, model, sets);
  }
}
