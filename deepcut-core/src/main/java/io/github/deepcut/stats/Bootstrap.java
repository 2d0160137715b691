package io.github.deepcut.stats;

import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Percentile bootstrap intervals over samples (Efron, 1979).
 *
 * <p>A statistic is a function of the drawn positions, so that one draw serves several models: a
 * paired interval is that of a statistic which evaluates both models on the positions it is given.
 * A statistic answers NaN where it is undefined; such draws are left out, and where they are more
 * than half there is no interval. A statistic that all draws agree on (a rate of 0 or 1) has an
 * interval of width 0: for rates of independent trials {@link ClopperPearson} is the honest one.
 *
 * <p>Fewer than two samples have no interval.
 */
public final class Bootstrap {
  /** Draws where nothing else is asked for. */
  public static final int RESAMPLES = 1000;

  private static final double TAIL = 0.025;

  private final int resamples;
  private final SplittableRandom random;

  /** {@value #RESAMPLES} draws from {@code random}. */
  public Bootstrap(SplittableRandom random) {
    this(RESAMPLES, random);
  }

  public Bootstrap(int resamples, SplittableRandom random) {
    if (resamples < 1) {
      throw new IllegalArgumentException("resamples " + resamples + ": expected 1 or more");
    }
    this.resamples = resamples;
    this.random = random;
  }

  /** The statistic of samples 0 … n-1 with its interval. */
  public Value value(int n, ToDoubleFunction<int[]> statistic) {
    int[] all = IntStream.range(0, n).toArray();
    double value = n == 0 ? Double.NaN : statistic.applyAsDouble(all);
    if (!Double.isFinite(value)) {
      return Value.undefined(n == 0 ? "no samples" : "undefined on these samples", n);
    }
    return new Value.Defined(value, n, interval(new int[][] {all}, statistic));
  }

  /** {@code a - b} on the same samples, with the interval of paired draws. */
  public Value difference(int n, ToDoubleFunction<int[]> a, ToDoubleFunction<int[]> b) {
    return value(n, drawn -> a.applyAsDouble(drawn) - b.applyAsDouble(drawn));
  }

  /** The mean of {@code samples} with its interval. */
  public Value mean(double[] samples) {
    Checks.numbers("sample", samples);
    return value(samples.length, drawn -> mean(samples, drawn));
  }

  /**
   * The 95 % interval of a statistic when positions are drawn, with replacement, within each
   * stratum: as many as it holds.
   */
  public Optional<Interval> interval(int[][] strata, ToDoubleFunction<int[]> statistic) {
    int n = Arrays.stream(strata).mapToInt(s -> s.length).sum();
    if (n < 2) {
      return Optional.empty();
    }
    double[] values = new double[resamples];
    for (int i = 0; i < resamples; i++) {
      values[i] = statistic.applyAsDouble(draw(strata, n));
    }
    double[] defined = Arrays.stream(values).filter(Double::isFinite).sorted().toArray();
    return 2 * defined.length < resamples
        ? Optional.empty()
        : Optional.of(new Interval(quantile(defined, TAIL), quantile(defined, 1 - TAIL)));
  }

  /** The share of such draws for which {@code holds} is true. */
  public double share(int[][] strata, Predicate<int[]> holds) {
    int n = Arrays.stream(strata).mapToInt(s -> s.length).sum();
    return IntStream.range(0, resamples).filter(i -> holds.test(draw(strata, n))).count()
        / (double) resamples;
  }

  private int[] draw(int[][] strata, int n) {
    int[] drawn = new int[n];
    int k = 0;
    for (int[] stratum : strata) {
      for (int i = 0; i < stratum.length; i++) {
        drawn[k++] = stratum[random.nextInt(stratum.length)];
      }
    }
    return drawn;
  }

  private static double mean(double[] samples, int[] drawn) {
    double sum = 0;
    for (int i : drawn) {
      sum += samples[i];
    }
    return sum / drawn.length;
  }

  /** Linear between the two nearest order statistics, as in R (type 7) and NumPy. */
  private static double quantile(double[] sorted, double p) {
    double at = p * (sorted.length - 1);
    int below = (int) at;
    double low = sorted[below];
    double high = sorted[Math.min(below + 1, sorted.length - 1)];
    return low == high ? low : low + (at - below) * (high - low);
  }
}
