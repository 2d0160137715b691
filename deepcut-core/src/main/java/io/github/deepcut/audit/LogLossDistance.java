package io.github.deepcut.audit;

import io.github.deepcut.stats.Bootstrap;
import io.github.deepcut.stats.Checks;
import io.github.deepcut.stats.Value;

/**
 * The mean over samples of |log((unlearned loss + e) / (retrained loss + e))|, e = {@value
 * #EPSILON}: how far the losses are apart, sample by sample, in orders of magnitude to base e.
 *
 * <p>Range [0, infinity); 0: the same losses, ln 2 = 0.69: a factor of two on average. Symmetric;
 * lower is better. Undefined without samples. Losses are finite and not negative.
 */
public final class LogLossDistance {
  /** Added to both losses, so that two tiny ones count as equal. */
  public static final double EPSILON = 1e-3;

  private LogLossDistance() {}

  /** The distance of each sample. */
  public static double[] perSample(double[] unlearned, double[] retrained) {
    Checks.sameSize("losses", unlearned.length, retrained.length);
    double[] distance = new double[unlearned.length];
    for (int i = 0; i < distance.length; i++) {
      distance[i] = Math.abs(log("unlearned", unlearned, i) - log("retrained", retrained, i));
    }
    return distance;
  }

  /** The mean over samples with its interval. */
  public static Value mean(double[] unlearned, double[] retrained, Bootstrap bootstrap) {
    return bootstrap.mean(perSample(unlearned, retrained));
  }

  private static double log(String whose, double[] losses, int i) {
    if (!(losses[i] >= 0 && losses[i] < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          whose + " loss[" + i + "] is " + losses[i] + ": expected a finite number, 0 or more");
    }
    return Math.log(losses[i] + EPSILON);
  }
}
