package io.github.deepcut.audit;

import io.github.deepcut.stats.Bootstrap;
import io.github.deepcut.stats.Checks;
import io.github.deepcut.stats.ClopperPearson;
import io.github.deepcut.stats.Value;
import java.util.function.ToDoubleFunction;

/**
 * The share of samples whose predicted class is the true one.
 *
 * <p>Range [0, 1]; higher is more useful, and for unlearning the yardstick is the gap to a
 * retrained model. Interval: {@link ClopperPearson}. Undefined without samples. On the forget set,
 * UA of the literature is 1 - accuracy.
 */
public final class Accuracy {
  private Accuracy() {}

  /** {@code correct} of {@code n} samples. */
  public static Value of(long correct, long n) {
    return n == 0
        ? Value.undefined("no samples", 0)
        : Value.of((double) correct / n, n, ClopperPearson.interval(correct, n));
  }

  /** The share of true entries. */
  public static Value of(boolean[] correct) {
    long hits = 0;
    for (boolean hit : correct) {
      hits += hit ? 1 : 0;
    }
    return of(hits, correct.length);
  }

  /** Which predictions are right. */
  public static boolean[] correct(int[] predicted, int[] gold) {
    Checks.sameSize("predictions against labels", predicted.length, gold.length);
    boolean[] correct = new boolean[gold.length];
    for (int i = 0; i < gold.length; i++) {
      correct[i] = predicted[i] == gold[i];
    }
    return correct;
  }

  /** Accuracy as a function of drawn positions, for {@link Bootstrap#difference}. */
  public static ToDoubleFunction<int[]> statistic(boolean[] correct) {
    return drawn -> {
      double hits = 0;
      for (int i : drawn) {
        hits += correct[i] ? 1 : 0;
      }
      return hits / drawn.length;
    };
  }
}
