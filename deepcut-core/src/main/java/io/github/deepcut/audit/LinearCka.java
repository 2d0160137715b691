package io.github.deepcut.audit;

import io.github.deepcut.stats.Checks;
import io.github.deepcut.stats.Value;

/**
 * Linear centred kernel alignment (Kornblith et al., 2019) between two models' representations of
 * the same samples: ||Y'X||² / (||X'X|| ||Y'Y||), columns centred, Frobenius norms.
 *
 * <p>Range [0, 1]; 1: the same up to rotation and scale. Near the value of two retrained models is
 * as near as retraining comes. Undefined with fewer than two samples, or where all lie in a point.
 */
public final class LinearCka {
  private LinearCka() {}

  /** Rows are samples, the same in both; the widths may differ. */
  public static Value of(double[][] x, double[][] y) {
    Checks.sameSize("samples", x.length, y.length);
    if (x.length < 2) {
      return Value.undefined("CKA needs two samples or more, found " + x.length, x.length);
    }
    double[][] a = Vectors.centred(x);
    double[][] b = Vectors.centred(y);
    double both = alignment(a, b);
    double norms = Math.sqrt(alignment(a, a) * alignment(b, b));
    return norms == 0
        ? Value.undefined("all samples have the same representation", x.length)
        : Value.of(both / norms, x.length);
  }

  /** ||B'A||² = sum over pairs of samples of (a_i . a_j)(b_i . b_j). */
  private static double alignment(double[][] a, double[][] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j <= i; j++) {
        double term = Vectors.dot(a[i], a[j]) * Vectors.dot(b[i], b[j]);
        sum += i == j ? term : 2 * term;
      }
    }
    return sum;
  }
}
