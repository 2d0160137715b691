package io.github.deepcut.stats;

import java.util.Arrays;

/**
 * The two-sample, two-sided Kolmogorov-Smirnov test: the statistic is the greatest distance between
 * the empirical distribution functions.
 *
 * <p>Statistic in [0, 1]; 0: the same values equally often. The p-value is exact up to {@value
 * #EXACT_CELLS} pairs of values, beyond that the Kolmogorov limit at the effective size nm / (n +
 * m), with the correction of Vrbik (2018). With ties both are conservative: the true p-value is not
 * above the one given. Undefined where a sample is empty.
 */
public final class KolmogorovSmirnov {
  /** Up to this many pairs the p-value is exact. */
  public static final long EXACT_CELLS = 10_000_000;

  private KolmogorovSmirnov() {}

  /** Tests {@code x} against {@code y}. */
  public static TwoSampleTest of(double[] x, double[] y) {
    Checks.numbers("x", x);
    Checks.numbers("y", y);
    int n = x.length;
    int m = y.length;
    if (n == 0 || m == 0) {
      return TwoSampleTest.empty(n, m);
    }
    long distance = distance(x, y);
    double d = (double) distance / ((long) n * m);
    boolean exact = (long) n * m <= EXACT_CELLS;
    double p = exact ? exact(n, m, distance) : asymptotic(n, m, d);
    return new TwoSampleTest(
        Value.of(d, n + m), Value.of(p, n + m), exact ? "exact" : "asymptotic");
  }

  /** n m sup |F_x - F_y|, a whole number, so that nothing is lost to rounding. */
  private static long distance(double[] x, double[] y) {
    double[] a = Arrays.stream(x).sorted().toArray();
    double[] b = Arrays.stream(y).sorted().toArray();
    int i = 0;
    int j = 0;
    long greatest = 0;
    while (i < a.length && j < b.length) {
      double at = Math.min(a[i], b[j]);
      while (i < a.length && a[i] <= at) { // past all ties, -0.0 and 0.0 among them
        i++;
      }
      while (j < b.length && b[j] <= at) {
        j++;
      }
      greatest = Math.max(greatest, Math.abs((long) i * b.length - (long) j * a.length));
    }
    return greatest;
  }

  /**
   * The share of lattice paths from (0, 0) to (n, m) that come as far as {@code distance} from the
   * diagonal. The last step to (i, j) comes from (i - 1, j) on a share i / (i + j) of the paths
   * (Hodges, 1957). Following the paths that did touch, and not those that did not, keeps small
   * p-values accurate.
   */
  public static double exact(int n, int m, long distance) {
    double[] touched = new double[m + 1]; // of the paths to (i, j), for the i at hand
    for (int i = 0; i <= n; i++) {
      for (int j = 0; j <= m; j++) {
        if (Math.abs((long) i * m - (long) j * n) >= distance) {
          touched[j] = 1;
        } else if (i + j > 0) {
          double across = i == 0 ? 0 : touched[j] * i;
          double up = j == 0 ? 0 : touched[j - 1] * j;
          touched[j] = (across + up) / (i + j);
        }
      }
    }
    return touched[m];
  }

  /** 2 sum over k of (-1)^(k-1) exp(-2 k^2 z^2). */
  public static double asymptotic(int n, int m, double d) {
    double size = Math.max(1, Math.rint((double) n * m / ((double) n + m)));
    double z = Math.sqrt(size) * d;
    z += 1 / (6 * Math.sqrt(size)) + (z - 1) / (4 * size);
    if (z < 0.2) { // 1 to twelve digits, where the series is slow
      return 1;
    }
    double sum = 0;
    for (int k = 1; k <= 100; k++) {
      sum += (k % 2 == 1 ? 2 : -2) * Math.exp(-2.0 * k * k * z * z);
    }
    return Math.max(0, Math.min(1, sum));
  }
}
