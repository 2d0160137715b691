package io.github.deepcut.report;

import io.github.deepcut.report.Metric.Role;
import io.github.deepcut.stats.Interval;
import java.util.Locale;

/**
 * One metric against the retrained model's, in percentage points.
 *
 * @param row with a gap
 * @param most the greatest |gap| allowed; beyond it, significantly, convicts
 * @param within the margin that the gap has to be shown to lie within
 */
record Check(Row row, double most, double within) {
  private static final double CONFIDENCE = 0.95;

  /**
   * Shown to differ. The attack: beyond what is allowed, and significantly different. A utility:
   * significantly beyond what is allowed, since two retrained models differ in it by themselves.
   */
  boolean fails() {
    if (Math.abs(gap()) <= most) {
      return false;
    }
    Interval interval = interval();
    return interval == null
        || (row.metric().role() == Role.ATTACK
            ? !interval.contains(0)
            : interval.absolute().low() > most);
  }

  /**
   * Shown to be near: at most half of the original's gap is left and, as far as the samples tell,
   * the gap is within the margin; where the original gave nothing to halve, the gap is shown to lie
   * within the margin. The attack has to be within it for sure in either case.
   */
  boolean isNear() {
    if (!hasHeadroom()) {
      return isEquivalent();
    }
    boolean inside =
        row.metric().role() == Role.ATTACK ? isEquivalent() : Math.abs(gap()) <= within;
    return inside && isHalved();
  }

  /**
   * Shown to lie within the margin by two one-sided tests at 5 % each (TOST; Schuirmann, 1987): the
   * 90 % interval of the gap lies inside. Without an interval nothing is shown.
   */
  boolean isEquivalent() {
    Interval interval = interval();
    return interval != null && ninety(interval.low()) > -within && ninety(interval.high()) < within;
  }

  private boolean isHalved() {
    return row.halved() != null && row.halved() >= CONFIDENCE;
  }

  /**
   * Whether the original would have failed here: its gap is beyond margin and floor, and its
   * interval, where one is known, leaves 0 out.
   */
  boolean hasHeadroom() {
    if (!tellsForgetting() || row.ceiling().isEmpty()) {
      return false;
    }
    double original = row.ceiling().getAsDouble();
    return original > within
        && (row.floor() == null || original > row.floor())
        && (row.headroom() == null || !row.headroom().contains(0));
  }

  /** The utility on test samples does not. */
  boolean tellsForgetting() {
    return row.metric().role() != Role.TEST;
  }

  private double gap() {
    return row.signedGap().orElseThrow();
  }

  /** Of the gap; where it is not known, that of the unlearned value stands in. */
  private Interval interval() {
    return row.difference() != null
        ? row.difference()
        : row.unlearned()
            .interval()
            .map(i -> i.plus(-row.retrained().number().orElseThrow()))
            .orElse(null);
  }

  /** An end of the 95 % interval drawn in to that of 90 %, as for a normal distribution. */
  private double ninety(double end) {
    return gap() + (end - gap()) * (1.645 / 1.960);
  }

  String success() {
    String near =
        "%s is within %s points of the retrained model (%s)"
            .formatted(name(), points(within), points(Math.abs(gap())));
    return hasHeadroom() ? near + ", the original " + points(original()) + " away" : near;
  }

  String failure() {
    return "%s is %s points %s the retrained model, more than the %s allowed: %s"
        .formatted(
            name(),
            points(Math.abs(gap())),
            gap() > 0 ? "above" : "below",
            points(most),
            meaning());
  }

  /** Why it is not shown to be near. */
  String noise() {
    if (hasHeadroom() && !isHalved()) {
      return "%s is %s points from the retrained model and the original %s: on %d samples that is not shown to be less than half"
          .formatted(name(), points(Math.abs(gap())), points(original()), row.unlearned().n());
    }
    Interval interval = interval();
    if (interval == null || isEquivalent()) {
      return "%s is %s points from the retrained model, and nothing shows that it is within %s"
          .formatted(name(), points(Math.abs(gap())), points(within));
    }
    return "%s cannot be told well enough on %d samples: it may lie from %s to %s points from the retrained model, and %s are allowed"
        .formatted(
            name(),
            row.unlearned().n(),
            points(ninety(interval.low())),
            points(ninety(interval.high())),
            points(within));
  }

  /** How near the original was. */
  String noHeadroom() {
    return "its %s is %s points from the retrained model".formatted(name(), points(original()));
  }

  private String meaning() {
    if (row.metric().role() == Role.TEST) {
      return gap() > 0 ? "it is not the model that retraining gives" : "the model was damaged";
    }
    return gap() > 0
        ? "the forgotten samples are still remembered"
        : "over-forgetting gives the forgotten samples away as well";
  }

  private double original() {
    return row.ceiling().orElse(0);
  }

  private String name() {
    return row.metric().name();
  }

  private static String points(double x) {
    return String.format(Locale.ROOT, "%.1f", x);
  }
}
