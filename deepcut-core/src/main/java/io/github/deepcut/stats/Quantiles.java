package io.github.deepcut.stats;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The quantiles of weighted values.
 *
 * @param values in ascending order
 * @param cumulative the share of the weight below the middle of each
 */
public record Quantiles(double[] values, double[] cumulative) {

  /** Of the values that have a weight above 0; there must be one. */
  public static Quantiles of(double[] values, double[] weights) {
    int[] sorted =
        IntStream.range(0, values.length)
            .filter(k -> weights[k] > 0)
            .boxed()
            .sorted(Comparator.comparingDouble(k -> values[k]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] cumulative = new double[sorted.length];
    double sum = 0;
    for (int k = 0; k < sorted.length; k++) {
      double w = weights[sorted[k]];
      cumulative[k] = sum + w / 2;
      sum += w;
    }
    double total = sum;
    Arrays.setAll(cumulative, k -> cumulative[k] / total);
    return new Quantiles(Arrays.stream(sorted).mapToDouble(k -> values[k]).toArray(), cumulative);
  }

  /** Linear between the middles of neighbouring values, flat outside. */
  public double at(double q) {
    int at = Arrays.binarySearch(cumulative, q);
    int above = at >= 0 ? at : -at - 1;
    if (above == 0 || above == cumulative.length) {
      return values[Math.min(above, cumulative.length - 1)];
    }
    double share = (q - cumulative[above - 1]) / (cumulative[above] - cumulative[above - 1]);
    return values[above - 1] + share * (values[above] - values[above - 1]);
  }
}
