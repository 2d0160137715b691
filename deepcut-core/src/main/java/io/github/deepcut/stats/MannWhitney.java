package io.github.deepcut.stats;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * The two-sided Mann-Whitney test: the statistic U counts the pairs with x above y, a tie counting
 * one half; U / nm is the AUC.
 *
 * <p>U in [0, nm]; nm / 2 without an effect. The p-value is the normal one, corrected for ties and
 * continuity; 1 where all values are equal. Undefined where a sample is empty.
 */
public final class MannWhitney {
  private MannWhitney() {}

  /** Tests {@code x} against {@code y}. */
  public static TwoSampleTest of(double[] x, double[] y) {
    int n = x.length;
    int m = y.length;
    if (n == 0 || m == 0) {
      return TwoSampleTest.empty(n, m);
    }
    double pairs = (double) n * m;
    double u = new Ranking(x, y).auc(RocAuc.ones(n + m)) * pairs;
    u = Math.rint(2 * u) / 2; // a whole number of halves
    double all = (double) n + m;
    double variance = pairs / 12 * (all + 1 - ties(x, y) / (all * (all - 1)));
    double z = (Math.abs(u - pairs / 2) - 0.5) / Math.sqrt(variance);
    double tail = NormalDistribution.of(0, 1).survivalProbability(z);
    double p = variance > 0 ? Math.min(1, 2 * tail) : 1;
    return new TwoSampleTest(Value.of(u, n + m), Value.of(p, n + m), "normal approximation");
  }

  /** The sum of t^3 - t over groups of t equal values. */
  private static double ties(double[] x, double[] y) {
    double[] all = DoubleStream.concat(Arrays.stream(x), Arrays.stream(y)).sorted().toArray();
    double sum = 0;
    int start = 0;
    for (int i = 1; i <= all.length; i++) {
      if (i == all.length || all[i] != all[start]) {
        double t = i - start;
        sum += t * t * t - t;
        start = i;
      }
    }
    return sum;
  }
}
