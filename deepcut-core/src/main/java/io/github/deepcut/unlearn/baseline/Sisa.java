package io.github.deepcut.unlearn.baseline;

import io.github.deepcut.model.Classifier;
import io.github.deepcut.run.InputException;
import io.github.deepcut.run.Run;
import io.github.deepcut.unlearn.About;
import io.github.deepcut.unlearn.StopRule;
import io.github.deepcut.unlearn.UnlearningData;
import io.github.deepcut.unlearn.UnlearningMethod;

/**
 * SISA (Bourtoule et al., arXiv 1912.03817): of an ensemble, the models whose shards held something
 * of D_f are trained again from their last checkpoint that had not seen it. That is the work of
 * {@code EnsembleErasure}, which has the checkpoints; for one model the method is not defined.
 */
@About(what = "retrains parts of an ensemble: exact", source = "arXiv 1912.03817")
public record Sisa() implements UnlearningMethod {
  /** Its name on the command line. */
  public static final String NAME = "sisa";

  @Override
  public String name() {
    return NAME;
  }

  /**
   * Refuses.
   *
   * @throws InputException always: shards and slices cannot be had afterwards
   */
  @Override
  public Unlearned unlearn(Classifier model, UnlearningData sets, StopRule stop, Run run) {
    throw new InputException(
        "sisa is for an ensemble that was trained in shards and slices from the start, and this is"
            + " one model: train with deepcut train --shards 5 --slices 4");
  }
}
