package io.github.deepcut.report;

import io.github.deepcut.stats.Interval;
import io.github.deepcut.stats.Value;

/** Rows to try things on, in fractions as metrics give them. */
final class Rows {
  static final Metric FORGET = Metric.forget("f1");
  static final Metric RETAIN = Metric.retain("f1");
  static final Metric TEST = Metric.test("f1");
  static final Metric ATTACK = Metric.ATTACK_AUC;

  private Rows() {}

  /** 60 samples; half-width .03 about the unlearned value and, where retrained, about the gaps. */
  static Row row(Metric metric, double original, double unlearned, Double retrained) {
    return row(metric, original, unlearned, retrained, 0.03);
  }

  static Row row(Metric metric, double original, double unlearned, Double retrained, double half) {
    Row row =
        Row.of(
            metric,
            around(original, half),
            around(unlearned, half),
            retrained == null ? null : around(retrained, half));
    return retrained == null
        ? row
        : row.withDifference(around(unlearned - retrained, half))
            .withHeadroom(around(original - retrained, half))
            .withHalved(halved(original, unlearned, retrained));
  }

  /** As if the samples left no doubt. */
  private static double halved(double original, double unlearned, double retrained) {
    return 2 * Math.abs(unlearned - retrained) < Math.abs(original - retrained) ? 1 : 0;
  }

  static Value around(double value, double half) {
    return Value.of(value, 60, new Interval(value - half, value + half));
  }
}
