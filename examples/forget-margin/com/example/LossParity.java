package com.example;

import io.github.deepcut.audit.Evaluation;
import io.github.deepcut.model.Classifier;
import io.github.deepcut.unlearn.StopRule;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;

/**
 * Stops when the mean loss on the forgotten examples is no lower than on held-out ones; the model
 * where the two are nearest is kept.
 *
 * @param forget asks about D_f
 * @param heldOut asks about D_v
 */
public record LossParity(
    Function<Classifier, Evaluation> forget, Function<Classifier, Evaluation> heldOut)
    implements StopRule {

  @Override
  public Judgement judge(Classifier model, int pass) {
    double forgotten = mean(forget.apply(model));
    double unseen = mean(heldOut.apply(model));
    return new Judgement(
        Math.abs(forgotten - unseen),
        forgotten >= unseen,
        String.format(Locale.ROOT, "loss parity (forget %.3f, held-out %.3f)", forgotten, unseen));
  }

  /** In nats. */
  private static double mean(Evaluation of) {
    return Arrays.stream(of.losses()).average().orElse(0);
  }
}
