package io.github.deepcut.report;

import io.github.deepcut.audit.Interval;
import io.github.deepcut.audit.Value;
import io.github.deepcut.report.Metric.Role;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * One metric against its reference, in percentage points.
 *
 * @param gap value - reference
 * @param interval the interval of the gap, or null where it is not known
 * @param ceiling |original - reference|, empty where it is not known
 * @param headroom the interval of original - reference, or null
 * @param threshold the greatest |gap| allowed
 */
record Check(
    Row row,
    String reference,
    double gap,
    Interval interval,
    OptionalDouble ceiling,
    Interval headroom,
    double threshold) {
  private static final double CHANCE = 50;

  static Check toRetrained(Row row, double threshold) {
    Interval interval = row.difference();
    if (interval == null) { // that of the unlearned value stands in
      interval = shifted(row.unlearned(), row.retrained().number().orElseThrow());
    }
    double gap = row.signedGap().orElseThrow();
    return new Check(
        row, "the retrained model", gap, interval, row.ceiling(), row.headroom(), threshold);
  }

  /** Where no retrained model is there, members and non-members should look alike. */
  static Check toChance(Row row, double threshold) {
    OptionalDouble original = Row.number(row.original());
    return new Check(
        row,
        "an attack that guesses",
        row.unlearned().number().orElseThrow() - CHANCE,
        shifted(row.unlearned(), CHANCE),
        original.isPresent()
            ? OptionalDouble.of(Math.abs(original.getAsDouble() - CHANCE))
            : OptionalDouble.empty(),
        row.original() == null ? null : shifted(row.original(), CHANCE),
        threshold);
  }

  private static Interval shifted(Value value, double reference) {
    return value.interval().map(i -> i.plus(-reference)).orElse(null);
  }

  private boolean beyond() {
    return Math.abs(gap) > threshold;
  }

  private boolean isAttack() {
    return row.metric().role() == Role.ATTACK;
  }

  /**
   * Shown to differ. The attack: beyond its threshold, and significantly different from the
   * reference. A utility: significantly beyond its threshold, since two retrained models differ in
   * it by themselves.
   */
  boolean fails() {
    if (!beyond()) {
      return false;
    }
    return interval == null
        || (isAttack() ? !interval.contains(0) : interval.absolute().low() > threshold);
  }

  /**
   * Shown to be equivalent by two one-sided tests at 5 % each (TOST; Schuirmann, 1987): the 90 %
   * interval of the gap lies between -threshold and threshold.
   */
  boolean isEquivalent() {
    if (interval == null) {
      return Math.abs(gap) < threshold;
    }
    return ninety(interval.low()) > -threshold && ninety(interval.high()) < threshold;
  }

  /** An end of the 95 % interval drawn in to that of 90 %, as for a normal distribution. */
  private double ninety(double end) {
    return gap + (end - gap) * (1.645 / 1.960);
  }

  /**
   * Whether this metric told the original from the reference: beyond threshold and floor, with an
   * interval, where one is known, that leaves 0 out. The test utility does not tell forgetting. An
   * unknown original counts as told.
   */
  boolean hasHeadroom() {
    if (row.metric().role() == Role.TEST) {
      return false;
    }
    double original = ceiling.orElse(Double.POSITIVE_INFINITY);
    return original > threshold
        && (row.floor() == null || original > row.floor())
        && (headroom == null || !headroom.contains(0));
  }

  String success() {
    if (beyond()) {
      return "%s is %s points from %s, not significantly beyond the %s allowed"
          .formatted(name(), points(Math.abs(gap)), reference, points(threshold));
    }
    return "%s is within %s points of %s (%s)"
        .formatted(name(), points(threshold), reference, points(Math.abs(gap)));
  }

  String failure() {
    return "%s is %s points %s %s, more than the %s allowed: %s"
        .formatted(
            name(),
            points(Math.abs(gap)),
            gap > 0 ? "above" : "below",
            reference,
            points(threshold),
            meaning());
  }

  /** Why it is not shown to be equivalent. */
  String noise() {
    if (interval == null) {
      return "%s is %s points from %s, as much as is allowed"
          .formatted(name(), points(Math.abs(gap)), reference);
    }
    return "%s cannot be told well enough on %d samples: it may lie from %s to %s points from %s, and %s are allowed"
        .formatted(
            name(),
            row.unlearned().n(),
            points(ninety(interval.low())),
            points(ninety(interval.high())),
            reference,
            points(threshold));
  }

  String noHeadroom() {
    return "nothing can be shown, as the original passes too: its %s is %s points from %s"
        .formatted(name(), points(ceiling.orElse(0)), reference);
  }

  private String meaning() {
    if (row.metric().role() == Role.TEST) {
      return gap > 0 ? "it is not the model that retraining gives" : "the model was damaged";
    }
    return gap > 0
        ? "the forgotten samples are still remembered"
        : "over-forgetting gives the forgotten samples away as well";
  }

  private String name() {
    return row.metric().name();
  }

  private static String points(double x) {
    return String.format(Locale.ROOT, "%.1f", x);
  }
}
