package io.github.deepcut.audit;

import io.github.deepcut.stats.ClopperPearson;
import io.github.deepcut.stats.Value;
import java.util.List;

/**
 * The share of forgotten samples that an attack finds while it suspects at most a given share of
 * samples never seen (Carlini et al., 2022): what it tells of the few that are remembered best.
 *
 * <p>Range [0, 1]; no memory gives the false-alarm rate itself. The interval is that of a rate at
 * the threshold found ({@link ClopperPearson}): how well the samples never seen fix the threshold
 * is not in it. Undefined where fewer than 1 / rate samples were never seen.
 */
public final class TprAtFpr {
  /** The rates that audits report. */
  public static final List<Double> RATES = List.of(0.001, 0.01, 0.05);

  private TprAtFpr() {}

  /** Of an attack at a false-alarm rate. */
  public static Value of(LossAttack attack, double fpr) {
    int n = attack.compared();
    if (fpr * attack.unseen() < 1 - 1e-9) {
      return Value.undefined(
          "a false-alarm rate of %s needs %.0f class-matched samples never seen, found %d"
              .formatted(fpr, Math.ceil(1 / fpr - 1e-9), attack.unseen()),
          n);
    }
    Value tpr = attack.tprAtFpr(fpr);
    return tpr.number().isEmpty()
        ? tpr
        : Value.of(
            tpr.number().getAsDouble(),
            n,
            ClopperPearson.interval(Math.round(tpr.number().getAsDouble() * n), n));
  }
}
