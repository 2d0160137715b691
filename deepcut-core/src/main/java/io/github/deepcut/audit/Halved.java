package io.github.deepcut.audit;

import io.github.deepcut.stats.Bootstrap;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;

/**
 * How surely a model has come more than half of the way from the original to the retrained one: the
 * share of paired bootstrap draws in which |unlearned - retrained| is below half of original -
 * retrained, taken in the direction that all samples give.
 *
 * <p>Range [0, 1]. From .95 it is two one-sided tests at 5 %, as for equivalence (Schuirmann,
 * 1987), with half of the original's own gap for the margin. The original itself has 0, whatever
 * the samples; where original and retrained model cannot be told apart, the original's gap falls on
 * either side of 0 and nobody comes near .95. A draw in which a statistic is undefined counts
 * against it.
 *
 * @param original a statistic of the drawn positions, as {@link Bootstrap} takes them
 * @param unlearned the same of the model in question
 * @param retrained the same of the model that never saw the forgotten samples
 */
public record Halved(
    ToDoubleFunction<int[]> original,
    ToDoubleFunction<int[]> unlearned,
    ToDoubleFunction<int[]> retrained) {

  /** The share of draws, within each stratum. */
  public double share(int[][] strata, Bootstrap bootstrap) {
    int[] all = Arrays.stream(strata).flatMapToInt(Arrays::stream).toArray();
    double direction =
        Math.signum(original.applyAsDouble(all) - retrained.applyAsDouble(all)); // NaN: never
    return bootstrap.share(
        strata,
        drawn -> {
          double reference = retrained.applyAsDouble(drawn);
          double before = direction * (original.applyAsDouble(drawn) - reference);
          return Math.abs(unlearned.applyAsDouble(drawn) - reference) < before / 2;
        });
  }
}
