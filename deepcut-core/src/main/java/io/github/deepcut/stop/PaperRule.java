package io.github.deepcut.stop;

import io.github.deepcut.audit.Evaluation;
import io.github.deepcut.model.Classifier;
import io.github.deepcut.unlearn.StopRule;
import java.util.Locale;
import java.util.function.Function;

/**
 * The published rule (arXiv 2401.10458, Section 4.4): stop as soon as the model does no better on
 * D_f than on held-out data. The distance is how far it is from that, so that of two models beyond
 * the line the nearer is kept.
 *
 * @param forget how to evaluate D_f
 * @param heldOut how to evaluate held-out data
 */
public record PaperRule(
    Function<Classifier, Evaluation> forget, Function<Classifier, Evaluation> heldOut)
    implements StopRule {

  @Override
  public Judgement judge(Classifier model, int pass) {
    double f = forget.apply(model).score();
    double h = heldOut.apply(model).score();
    boolean stop = f <= h || Double.isNaN(f);
    return new Judgement(
        Math.abs(f - h),
        stop,
        String.format(Locale.ROOT, "paper rule (forget %.1f, held-out %.1f)", 100 * f, 100 * h));
  }
}
