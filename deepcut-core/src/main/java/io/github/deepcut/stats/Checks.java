package io.github.deepcut.stats;

/** Preconditions that metrics share. */
public final class Checks {
  private Checks() {}

  public static void numbers(String what, double[] values) {
    for (int i = 0; i < values.length; i++) {
      if (Double.isNaN(values[i])) {
        throw new IllegalArgumentException(what + "[" + i + "] is NaN: expected a number");
      }
    }
  }

  public static void sameSize(String what, int left, int right) {
    if (left != right) {
      throw new IllegalArgumentException(
          what + ": " + left + " against " + right + ", expected as many of both");
    }
  }
}
