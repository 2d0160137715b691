package io.github.deepcut.audit;

import io.github.deepcut.stats.Bootstrap;
import io.github.deepcut.stats.Checks;
import io.github.deepcut.stats.Value;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The share of the {@value #K} retained items nearest to a forgotten one, by cosine distance, that
 * have its label; the mean over forgotten items.
 *
 * <p>Range [0, 1]; the yardstick is the retrained model's. Ties go to the earlier item. Undefined
 * without forgotten items or with fewer than {@value #K} retained ones.
 */
public final class NeighbourPurity {
  static final int K = 10;

  private NeighbourPurity() {}

  /** Items and their labels. */
  public record Items(double[][] points, int[] labels) {
    public Items {
      Checks.sameSize("items against labels", points.length, labels.length);
    }
  }

  /** With its interval over forgotten items. */
  public static Value of(Items forget, Items retain, Bootstrap bootstrap) {
    if (retain.points.length < K || forget.points.length == 0) {
      return Value.undefined(
          "needs a forgotten item and %d retained ones, found %d and %d"
              .formatted(K, forget.points.length, retain.points.length),
          forget.points.length);
    }
    double[] purity = new double[forget.points.length];
    for (int i = 0; i < purity.length; i++) {
      purity[i] = purity(forget.points[i], forget.labels[i], retain);
    }
    return bootstrap.mean(purity);
  }

  private static double purity(double[] point, int label, Items retain) {
    double[] distance =
        Arrays.stream(retain.points).mapToDouble(p -> Vectors.cosineDistance(point, p)).toArray();
    return IntStream.range(0, distance.length)
        .boxed()
        .sorted(Comparator.comparingDouble(j -> distance[j]))
        .limit(K)
        .mapToInt(j -> retain.labels[j] == label ? 1 : 0)
        .average()
        .orElseThrow();
  }
}
