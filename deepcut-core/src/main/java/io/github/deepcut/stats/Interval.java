package io.github.deepcut.stats;

/**
 * A closed 95 % confidence interval.
 *
 * @param low the lower end, not above {@code high}
 * @param high the upper end
 */
public record Interval(double low, double high) {
  public Interval {
    if (!(low <= high)) {
      throw new IllegalArgumentException(
          "interval [" + low + ", " + high + "]: low must not be above high");
    }
  }

  /** Half the distance between the ends: what the samples at hand cannot resolve. */
  public double halfWidth() {
    return (high - low) / 2;
  }

  /** Whether {@code x} lies between the ends, ends included. */
  public boolean contains(double x) {
    return low <= x && x <= high;
  }

  /** Both ends moved by {@code offset}. */
  public Interval plus(double offset) {
    return new Interval(low + offset, high + offset);
  }

  /** Both ends times {@code factor}, which is positive. */
  public Interval times(double factor) {
    return new Interval(low * factor, high * factor);
  }

  /** The interval of |x| where this is the interval of x: starts at 0 where this one holds 0. */
  public Interval absolute() {
    double far = Math.max(Math.abs(low), Math.abs(high));
    double near = contains(0) ? 0 : Math.min(Math.abs(low), Math.abs(high));
    return new Interval(near, far);
  }
}
