package io.github.deepcut.report;

import io.github.deepcut.report.Verdict.Outcome;
import io.github.deepcut.stats.Interval;
import java.util.Locale;

/**
 * What an attack tells where there is no retrained model. That it guesses acquits nobody: it
 * guesses on a ruined model too, and on a model that was never attacked well; and what it would
 * give on a retrained one need not be 50 %. So it can find, and never clear.
 *
 * @param row the attack's AUC
 * @param most the greatest distance from 50 %, in points, that does not convict; the whole 95 %
 *     interval has to be beyond
 */
record Alone(Row row, double most) {
  private static final double CHANCE = 50;

  Verdict verdict() {
    Interval interval = row.unlearned().interval().orElse(null);
    if (interval != null && interval.plus(-CHANCE).absolute().low() > most) {
      return new Verdict(
          Outcome.NOT_FORGOTTEN,
          "attack_auc is %s points %s guessing, more than the %s allowed: %s"
              .formatted(
                  points(Math.abs(auc() - CHANCE)),
                  auc() > CHANCE ? "above" : "below",
                  points(most),
                  auc() > CHANCE
                      ? "the forgotten samples are still remembered"
                      : "over-forgetting gives the forgotten samples away as well"));
    }
    return new Verdict(Outcome.INCONCLUSIVE, found(interval) + before());
  }

  private String found(Interval interval) {
    return "without a retrained model nothing shows what forgetting would look like: the attack by"
        + " loss, on %d forgotten samples, gives an AUC of %s%s, where guessing gives 50"
            .formatted(
                row.unlearned().n(),
                points(auc()),
                interval == null
                    ? ""
                    : " (%s to %s)".formatted(points(interval.low()), points(interval.high())));
  }

  private String before() {
    return Row.number(row.original()).isEmpty()
        ? ", and without the original nobody knows what there was to find"
        : ", and on the original " + points(Row.number(row.original()).getAsDouble());
  }

  private double auc() {
    return row.unlearned().number().orElseThrow();
  }

  private static String points(double x) {
    return String.format(Locale.ROOT, "%.1f", x);
  }
}
