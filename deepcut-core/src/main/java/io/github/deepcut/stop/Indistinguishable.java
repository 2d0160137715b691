package io.github.deepcut.stop;

import io.github.deepcut.audit.Evaluation;
import io.github.deepcut.audit.LossAttack;
import io.github.deepcut.audit.Scored;
import io.github.deepcut.model.Classifier;
import io.github.deepcut.stats.KolmogorovSmirnov;
import io.github.deepcut.unlearn.StopRule;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Stops when the losses of D_f can no longer be told from those of class-matched held-out samples,
 * from either side: the attack's AUC within {@code tolerance} of one half, and a two-sample
 * Kolmogorov–Smirnov test with p of at least {@code minP}. Too high an AUC is memory, too low is
 * over-forgetting; the distance kept small is |AUC - 1/2|.
 *
 * <p>The losses of held-out samples hardly change on the way, so they are asked for before the
 * first pass and again when the rule would stop by them. A sample of many is then cheap, and one of
 * few is noise: with 100 of them the AUC errs by .04.
 */
public final class Indistinguishable implements StopRule {
  private final Function<Classifier, Evaluation> forget;
  private final Function<Classifier, Evaluation> heldOut;
  private final double tolerance;
  private final double minP;
  private List<Scored> unseen;

  /**
   * A rule of one's own strictness.
   *
   * @param forget how to evaluate D_f
   * @param heldOut how to evaluate held-out data
   * @param tolerance most that the AUC may differ from one half
   * @param minP least p of the Kolmogorov–Smirnov test
   */
  public Indistinguishable(
      Function<Classifier, Evaluation> forget,
      Function<Classifier, Evaluation> heldOut,
      double tolerance,
      double minP) {
    this.forget = forget;
    this.heldOut = heldOut;
    this.tolerance = tolerance;
    this.minP = minP;
  }

  /**
   * A rule that stops within 2 points of one half and at a p of at least .1.
   *
   * @param forget how to evaluate D_f
   * @param heldOut how to evaluate held-out data
   */
  public Indistinguishable(
      Function<Classifier, Evaluation> forget, Function<Classifier, Evaluation> heldOut) {
    this(forget, heldOut, 0.02, 0.1);
  }

  @Override
  public Judgement judge(Classifier model, int pass) {
    boolean fresh = unseen == null || pass == 0;
    if (fresh) {
      unseen = heldOut.apply(model).scored();
    }
    List<Scored> f = forget.apply(model).scored();
    Judgement judgement = judge(f, pass);
    if (judgement.stop() && !fresh) {
      unseen = heldOut.apply(model).scored();
      judgement = judge(f, pass);
    }
    return judgement;
  }

  private Judgement judge(List<Scored> f, int pass) {
    LossAttack attack = new LossAttack(f, unseen);
    double auc = attack.auc().number().orElse(Double.NaN);
    if (Double.isNaN(auc)) {
      return new Judgement(-pass, false, "no held-out sample of a forgotten class");
    }
    Set<String> classes = f.stream().map(Scored::stratum).collect(Collectors.toSet());
    double p =
        KolmogorovSmirnov.of(
                losses(f),
                losses(unseen.stream().filter(s -> classes.contains(s.stratum())).toList()))
            .pValue()
            .number()
            .orElse(0);
    double distance = Math.abs(auc - 0.5);
    boolean stop = pass > 0 && distance <= tolerance && p >= minP;
    return new Judgement(
        distance,
        stop,
        String.format(Locale.ROOT, "indistinguishable (AUC %.3f, KS p %.2f)", auc, p));
  }

  private static double[] losses(List<Scored> samples) {
    return samples.stream().mapToDouble(Scored::loss).toArray();
  }
}
