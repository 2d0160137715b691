package io.github.deepcut.audit;

import io.github.deepcut.stats.Bootstrap;
import io.github.deepcut.stats.Checks;
import io.github.deepcut.stats.Value;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Interpolated Approximate Measurement, IAM (Wang et al., <i>Towards Lifecycle Unlearning
 * Commitment Management</i>, USENIX Security 2025, arXiv 2506.06112): how completely each sample is
 * forgotten, between a shadow model that never saw it and the original that was fitted to it. One
 * shadow model is enough.
 *
 * <pre>
 * r(p)  = -log(e1 - log(p + e2))                          bounded Gumbel map, e1 = 0.01, e2 = 1e-5
 * m_k   = r(p_shadow) + a_k (r(p_original) - r(p_shadow))      a_k = k / (K - 1), k = 0 .. K - 2
 * s_k   = standard deviation of m_k over all samples
 * F_k   = exp(-exp(-(r(p) - l_k) / b_k)),   b_k = s_k sqrt(6) / pi,   l_k = m_k - 0.5772 b_k
 * score = sum_k a_{k+1} F_k / sum_k a_{k+1}                    K = 100 levels
 * </pre>
 *
 * <p>A sample's score lies in [0, 1]: 1: fitted as by the original; 0: as if never seen. Forgetting
 * is <b>completeness</b> = 1 - score, higher after more complete forgetting; its yardstick is that
 * of a retrained model, which is not 1, and above it lies over-forgetting. With several shadow
 * models, a sample's shadow signal is the mean over those without it. The standard deviation is
 * over samples, as the authors do for one shadow model. Signals and constants are read from the
 * paper and its authors' published program; the arithmetic here is our own.
 */
public final class InterpolatedMeasurement {
  private static final int LEVELS = 100;
  private static final double E1 = 0.01;
  private static final double E2 = 1e-5;
  private static final double LEAST_DEVIATION = 1e-9; // where all samples have one signal
  private static final double EULER = 0.5772156649015329;

  private final int[] unseen; // positions of the samples that some shadow model lacks
  private final double[] shadow;
  private final double[] fitted;

  /**
   * Samples that every shadow model had are left out.
   *
   * @param samples what shadow models say of them; those with them are not asked
   * @param original the original's log odds of each
   */
  public InterpolatedMeasurement(List<Worlds> samples, double[] original) {
    Checks.sameSize("log odds against samples", original.length, samples.size());
    Checks.numbers("original log odds", original);
    unseen =
        IntStream.range(0, original.length)
            .filter(i -> samples.get(i).other().length > 0)
            .toArray();
    shadow =
        Arrays.stream(unseen)
            .mapToDouble(i -> Worlds.mean(signals(samples.get(i).other())))
            .toArray();
    fitted = signals(at(original));
  }

  /** The bounded Gumbel map of a sample's log odds. */
  public static double signal(double logOdds) {
    return -Math.log(E1 - Math.log(LogOdds.probability(logOdds) + E2));
  }

  /** Completeness of each sample that some shadow model lacks, from log odds of all samples. */
  public double[] completeness(double[] logOdds) {
    double[] audited = signals(at(logOdds));
    double[] score = new double[audited.length];
    double weights = 0;
    for (int k = 0; k < LEVELS - 1; k++) {
      double weight = (k + 1.0) / (LEVELS - 1);
      double[] level = level((double) k / (LEVELS - 1));
      double scale = Math.max(deviation(level), LEAST_DEVIATION) * Math.sqrt(6) / Math.PI;
      for (int i = 0; i < score.length; i++) {
        double z = (audited[i] - level[i]) / scale + EULER;
        score[i] += weight * Math.exp(-Math.exp(-z));
      }
      weights += weight;
    }
    double sum = weights;
    return Arrays.stream(score).map(s -> 1 - s / sum).toArray();
  }

  /** Its mean over those samples; n counts them. */
  public Value mean(double[] logOdds, Bootstrap bootstrap) {
    int n = shadow.length;
    if (n < 2) {
      return Value.undefined("IAM needs two or more samples that no shadow model saw", n);
    }
    return bootstrap.mean(completeness(logOdds));
  }

  private double[] at(double[] all) {
    return Arrays.stream(unseen).mapToDouble(i -> all[i]).toArray();
  }

  private static double[] signals(double[] logOdds) {
    return Arrays.stream(logOdds).map(InterpolatedMeasurement::signal).toArray();
  }

  private double[] level(double a) {
    return IntStream.range(0, shadow.length)
        .mapToDouble(i -> shadow[i] + a * (fitted[i] - shadow[i]))
        .toArray();
  }

  private static double deviation(double[] values) {
    double mean = Arrays.stream(values).average().orElse(0);
    return Math.sqrt(Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElse(0));
  }
}
