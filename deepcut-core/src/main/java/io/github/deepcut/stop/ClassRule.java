package io.github.deepcut.stop;

import io.github.deepcut.audit.Evaluation;
import io.github.deepcut.model.Classifier;
import io.github.deepcut.unlearn.StopRule;
import java.util.Locale;
import java.util.function.Function;

/**
 * The published rule for a class (arXiv 2401.10458, Section 4.4): stop as soon as the model is
 * right on no more than 1/C of the class's held-out samples, as often as by chance. The distance is
 * what is left until then; of models beyond the line, the first is kept.
 *
 * @param heldOut how to evaluate the held-out samples of the class
 */
public record ClassRule(Function<Classifier, Evaluation> heldOut) implements StopRule {

  @Override
  public Judgement judge(Classifier model, int pass) {
    Evaluation said = heldOut.apply(model);
    double accuracy = said.score();
    double chance = 1.0 / said.labels().size();
    return new Judgement(
        Math.max(0, accuracy - chance),
        accuracy <= chance,
        String.format(
            Locale.ROOT, "class rule (accuracy %.1f, chance %.1f)", 100 * accuracy, 100 * chance));
  }
}
