package io.github.deepcut.audit;

import io.github.deepcut.stats.Value;
import java.util.Arrays;

/**
 * KL divergence of margins (Georgiev et al., Attribute-to-Delete, 2024; RoyRin's
 * data-unlearning-bench): for each sample, how far the distribution of its margin over several
 * unlearned models lies from that over several retrained ones, models differing in their seeds.
 * Margins as in {@link MarginScore}.
 *
 * <p>KL(unlearned || retrained) between histograms over {@value #BINS} bins that span both, each
 * count raised by {@value #SMOOTHING}; margins beyond ±{@value #CLIP} count as that. Range [0,
 * infinity); lower is better, down to that of two groups of retrained models. Few models make it
 * large by chance alone, so compare equal numbers.
 */
public final class Klom {
  static final int BINS = 20;
  static final double CLIP = 100;
  static final double SMOOTHING = 1e-5;

  private Klom() {}

  /**
   * The divergence of each sample.
   *
   * @param unlearned margins, a row a model, a column a sample; two models or more
   * @param retrained likewise
   */
  public static double[] perSample(double[][] unlearned, double[][] retrained) {
    if (unlearned.length < 2 || retrained.length < 2) {
      throw new IllegalArgumentException(
          "KLOM needs two unlearned and two retrained models or more, found %d and %d"
              .formatted(unlearned.length, retrained.length));
    }
    double[] out = new double[unlearned[0].length];
    for (int s = 0; s < out.length; s++) {
      out[s] = divergence(column(unlearned, s), column(retrained, s));
    }
    return out;
  }

  /** The 95th percentile, linear between order statistics; samples that are worst off. */
  public static Value percentile95(double[] divergences) {
    if (divergences.length == 0) {
      return Value.undefined("no samples", 0);
    }
    double[] sorted = Arrays.stream(divergences).sorted().toArray();
    double at = 0.95 * (sorted.length - 1);
    int below = (int) at;
    double above = sorted[Math.min(below + 1, sorted.length - 1)];
    return Value.of(sorted[below] + (at - below) * (above - sorted[below]), sorted.length);
  }

  static double divergence(double[] p, double[] q) {
    double low = Math.min(min(p), min(q));
    double high = Math.max(-min(negative(p)), -min(negative(q)));
    double[] a = histogram(p, low, high);
    double[] b = histogram(q, low, high);
    double nats = 0;
    for (int k = 0; k < BINS; k++) {
      nats += a[k] * Math.log(a[k] / b[k]);
    }
    return Math.max(0, nats);
  }

  private static double[] histogram(double[] values, double low, double high) {
    double[] share = new double[BINS];
    Arrays.fill(share, SMOOTHING);
    for (double v : values) {
      int bin = high > low ? (int) (BINS * (v - low) / (high - low)) : 0;
      share[Math.min(bin, BINS - 1)]++;
    }
    double sum = Arrays.stream(share).sum();
    return Arrays.stream(share).map(x -> x / sum).toArray();
  }

  private static double[] column(double[][] models, int sample) {
    return Arrays.stream(models)
        .mapToDouble(m -> Math.max(-CLIP, Math.min(CLIP, m[sample])))
        .toArray();
  }

  private static double[] negative(double[] values) {
    return Arrays.stream(values).map(v -> -v).toArray();
  }

  private static double min(double[] values) {
    return Arrays.stream(values).min().orElseThrow();
  }
}
