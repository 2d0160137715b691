package io.github.deepcut.stats;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.NormalDistribution;

/** Ranks of values as quantiles of the normal distribution, so that ranks can be added. */
public final class NormalScores {
  public static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

  private NormalScores() {}

  /** Φ⁻¹((rank - 1/2) / n), equal values sharing their mean rank. */
  public static double[] of(double[] values) {
    int n = values.length;
    Integer[] order = IntStream.range(0, n).boxed().toArray(Integer[]::new);
    Arrays.sort(order, Comparator.comparingDouble(i -> values[i]));
    double[] out = new double[n];
    for (int from = 0, to; from < n; from = to) {
      to = from + 1;
      while (to < n && values[order[to]] == values[order[from]]) {
        to++;
      }
      double z = NORMAL.inverseCumulativeProbability((from + to) / 2.0 / n);
      for (int i = from; i < to; i++) {
        out[order[i]] = z;
      }
    }
    return out;
  }

  /**
   * How far the first {@code count} values are from the others, in standard errors: the statistic
   * of the two-sample test of van der Waerden, normal where they are of one distribution, above 0
   * where they are larger. 0 where a side is empty or all values are equal.
   */
  public static double difference(double[] values, int count) {
    double[] scores = of(values);
    double n = scores.length;
    double squares = Arrays.stream(scores).map(s -> s * s).sum();
    double variance = count * (n - count) * squares / (n * (n - 1));
    return variance > 0 ? Arrays.stream(scores).limit(count).sum() / Math.sqrt(variance) : 0;
  }
}
