package io.github.deepcut.stop;

import io.github.deepcut.audit.Evaluation;
import io.github.deepcut.model.Classifier;
import io.github.deepcut.unlearn.StopRule;
import java.util.Locale;
import java.util.function.Function;

/**
 * Stops as soon as the model is right on no more than one in a hundred of a lost class's held-out
 * samples, as a model that never saw the class is on none. It is asked within the pass, of a few
 * samples; when these are forgotten, of all.
 *
 * @param few how to evaluate some held-out samples of the class
 * @param all how to evaluate all of them
 * @param every steps between two questions
 */
public record LostClass(
    Function<Classifier, Evaluation> few, Function<Classifier, Evaluation> all, int every)
    implements StopRule {
  private static final double MOST = 0.01;

  @Override
  public boolean within() {
    return true;
  }

  @Override
  public boolean asks(long steps) {
    return steps % every == 0;
  }

  @Override
  public Judgement judge(Classifier model, int pass) {
    double accuracy = few.apply(model).score();
    if (accuracy <= MOST) {
      accuracy = all.apply(model).score();
    }
    return new Judgement(
        Math.max(0, accuracy - MOST),
        accuracy <= MOST,
        String.format(Locale.ROOT, "class rule (accuracy %.1f)", 100 * accuracy));
  }
}
