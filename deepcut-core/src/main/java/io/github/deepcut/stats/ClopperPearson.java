package io.github.deepcut.stats;

import org.apache.commons.statistics.distribution.BetaDistribution;

/**
 * The exact 95 % interval of a rate from k successes in n independent trials (Clopper and Pearson,
 * 1934): quantiles of beta distributions, 0 and 1 at the ends. It covers at least 95 %, also where
 * k is 0 or n.
 */
public final class ClopperPearson {
  private static final double TAIL = 0.025;

  private ClopperPearson() {}

  /** The interval for {@code k} of {@code n}; n is at least 1. */
  public static Interval interval(long k, long n) {
    if (n < 1 || k < 0 || k > n) {
      throw new IllegalArgumentException(k + " of " + n + ": expected 0 <= k <= n and n >= 1");
    }
    double low = k == 0 ? 0 : quantile((double) k, n - k + 1.0, TAIL);
    double high = k == n ? 1 : quantile(k + 1.0, (double) (n - k), 1 - TAIL);
    return new Interval(low, high);
  }

  private static double quantile(double alpha, double beta, double p) {
    return BetaDistribution.of(alpha, beta).inverseCumulativeProbability(p);
  }
}
