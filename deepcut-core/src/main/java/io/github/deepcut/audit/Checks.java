package io.github.deepcut.audit;

/** Preconditions that metrics share. */
final class Checks {
  private Checks() {}

  static void numbers(String what, double[] values) {
    for (int i = 0; i < values.length; i++) {
      if (Double.isNaN(values[i])) {
        throw new IllegalArgumentException(what + "[" + i + "] is NaN: expected a number");
      }
    }
  }

  static void sameSize(String what, int left, int right) {
    if (left != right) {
      throw new IllegalArgumentException(
          what + ": " + left + " against " + right + ", expected as many of both");
    }
  }
}
