package io.github.deepcut.report;

import io.github.deepcut.report.Metric.Role;
import io.github.deepcut.stats.Interval;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What another row says against a model that the deciding ones would let pass. It withholds the
 * verdict and does not convict: a dozen rows that each might would convict by chance alone.
 */
final class Doubt {
  private Doubt() {}

  /**
   * Why a row doubts, if it does: it is an attack, and the whole 95 % interval of its gap to the
   * retrained model is beyond {@code most} points. Where models were not compared sample by sample,
   * their own intervals have to be so far apart.
   */
  static Stream<String> of(Row row, double most) {
    return row.metric().role() == Role.DOUBT && row.retrained() != null && distance(row) > most
        ? Stream.of(
            String.format(
                Locale.ROOT,
                "the attack by loss passes, but %s is %.1f where the retrained model has %.1f",
                row.metric().name(),
                row.unlearned().number().orElseThrow(),
                row.retrained().number().orElseThrow()))
        : Stream.empty();
  }

  /** The least distance that the intervals leave. */
  private static double distance(Row row) {
    if (row.difference() != null) {
      return row.difference().absolute().low();
    }
    Optional<Interval> mine = row.unlearned().interval();
    Optional<Interval> its = row.retrained().interval();
    return mine.isEmpty() || its.isEmpty()
        ? 0
        : Math.max(mine.get().low() - its.get().high(), its.get().low() - mine.get().high());
  }
}
