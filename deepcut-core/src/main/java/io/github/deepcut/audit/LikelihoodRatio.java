package io.github.deepcut.audit;

import io.github.deepcut.run.InputException;
import io.github.deepcut.stats.Checks;
import java.util.List;
import java.util.function.Function;

/**
 * The likelihood ratio test of LiRA (Carlini et al., <i>Membership Inference Attacks From First
 * Principles</i>, 2022), sample by sample: log N(x; m1, s1²) - log N(x; m0, s0²), where x is what
 * the audited model says of the sample, and the normal distributions are those of the shadow models
 * with (1) and without it (0).
 *
 * <p>Higher: more like a model that had the sample. Means are the sample's own. So are variances
 * where every sample has {@value #OWN_VARIANCE} or more models in either world; with fewer, one
 * variance a world serves all samples, as in the paper, which turns at 64 models in all. Departure:
 * ours is the variance within samples, pooled; the paper's code takes that of all values together,
 * which also holds how samples differ from each other.
 */
public final class LikelihoodRatio {
  /** Models in a world from which a sample's own variance is taken. */
  public static final int OWN_VARIANCE = 32;

  /** Least models in a world: one has no spread. */
  public static final int LEAST = 2;

  private static final double LEAST_VARIANCE = 1e-6; // log odds are float32: about 1e-6 off

  private final double[] mean1;
  private final double[] mean0;
  private final double[] variance1;
  private final double[] variance0;

  /**
   * Fits the distributions.
   *
   * @throws InputException if a sample has fewer than {@value #LEAST} models in a world
   */
  public LikelihoodRatio(List<Worlds> samples) {
    samples.forEach(LikelihoodRatio::requireModels);
    mean1 = samples.stream().mapToDouble(s -> Worlds.mean(s.member())).toArray();
    mean0 = samples.stream().mapToDouble(s -> Worlds.mean(s.other())).toArray();
    variance1 = variances(samples, Worlds::member);
    variance0 = variances(samples, Worlds::other);
  }

  /** The test of each sample, in the order given to the constructor. */
  public double[] scores(double[] logOdds) {
    Checks.sameSize("log odds against samples", logOdds.length, mean1.length);
    double[] scores = new double[logOdds.length];
    for (int i = 0; i < scores.length; i++) {
      scores[i] =
          logDensity(logOdds[i], mean1[i], variance1[i])
              - logDensity(logOdds[i], mean0[i], variance0[i]);
    }
    return scores;
  }

  /** Without the constant -log(2 pi) / 2, which the ratio loses. */
  static double logDensity(double x, double mean, double variance) {
    return -(x - mean) * (x - mean) / (2 * variance) - Math.log(variance) / 2;
  }

  private static double[] variances(List<Worlds> samples, Function<Worlds, double[]> world) {
    boolean own = samples.stream().allMatch(s -> world.apply(s).length >= OWN_VARIANCE);
    double squares = samples.stream().mapToDouble(s -> squares(world.apply(s))).sum();
    long freedom = samples.stream().mapToLong(s -> world.apply(s).length - 1).sum();
    return samples.stream()
        .mapToDouble(
            s -> own ? squares(world.apply(s)) / (world.apply(s).length - 1) : squares / freedom)
        .map(v -> Math.max(v, LEAST_VARIANCE))
        .toArray();
  }

  private static double squares(double[] values) {
    double mean = Worlds.mean(values);
    double sum = 0;
    for (double v : values) {
      sum += (v - mean) * (v - mean);
    }
    return sum;
  }

  private static void requireModels(Worlds s) {
    if (s.member().length < LEAST || s.other().length < LEAST) {
      throw new InputException(
          "sample %s has %d shadow models with it and %d without: a likelihood ratio needs %d of each, so --shadows 4 or more"
              .formatted(s.id(), s.member().length, s.other().length, LEAST));
    }
  }
}
