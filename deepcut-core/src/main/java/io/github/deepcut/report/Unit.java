package io.github.deepcut.report;

import java.util.Locale;

/** How a metric is written down. */
public enum Unit {
  /** A rate in [0, 1], reported times 100 with one decimal. */
  PERCENT(100, 1),
  /** A divergence in nats, three decimals. */
  NATS(1, 3),
  /** A natural logarithm of a ratio, three decimals. */
  LOG_RATIO(1, 3),
  /** A number of no unit, three decimals. */
  NUMBER(1, 3),
  /** How many, no decimals. */
  COUNT(1, 0);

  private final double scale;
  private final int decimals;

  Unit(double scale, int decimals) {
    this.scale = scale;
    this.decimals = decimals;
  }

  /** What a metric's value is multiplied by to be reported. */
  public double scale() {
    return scale;
  }

  /** A reported number as text, with a point whatever the locale, and never {@code -0.0}. */
  public String format(double reported) {
    String text = String.format(Locale.ROOT, "%." + decimals + "f", reported);
    return text.matches("-0\\.0+") ? text.substring(1) : text;
  }
}
