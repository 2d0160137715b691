package io.github.deepcut.audit;

import io.github.deepcut.stats.Bootstrap;
import io.github.deepcut.stats.Checks;
import io.github.deepcut.stats.Value;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleBiFunction;

/**
 * The silhouette of labels (Rousseeuw, 1987): (b - a) / max(a, b), where a is a point's mean
 * distance to the others of its label and b that to the nearest other label; the mean over points.
 *
 * <p>Range [-1, 1]; 1: tight and far apart, 0: no structure, below: points lie nearer to another
 * label. A point alone with its label counts 0. Undefined with fewer than two labels. The yardstick
 * is the retrained model's.
 */
public final class Silhouette {
  private Silhouette() {}

  /** By cosine distance, with its interval over points. */
  public static Value cosine(double[][] points, int[] labels, Bootstrap bootstrap) {
    return value(perPoint(points, labels, Vectors::cosineDistance), bootstrap);
  }

  /** By Euclidean distance. */
  public static Value euclidean(double[][] points, int[] labels, Bootstrap bootstrap) {
    return value(perPoint(points, labels, Vectors::euclideanDistance), bootstrap);
  }

  private static Value value(double[] perPoint, Bootstrap bootstrap) {
    return perPoint.length == 0
        ? Value.undefined("a silhouette needs two labels or more", 0)
        : bootstrap.mean(perPoint);
  }

  /** Each point's; empty with fewer than two labels. */
  private static double[] perPoint(
      double[][] points, int[] labels, ToDoubleBiFunction<double[], double[]> distance) {
    Checks.sameSize("points against labels", points.length, labels.length);
    Map<Integer, Integer> sizes = new TreeMap<>();
    for (int label : labels) {
      sizes.merge(label, 1, Integer::sum);
    }
    double[] out = new double[sizes.size() < 2 ? 0 : points.length];
    for (int i = 0; i < out.length; i++) {
      Map<Integer, Double> sums = new TreeMap<>();
      for (int j = 0; j < points.length; j++) {
        sums.merge(labels[j], distance.applyAsDouble(points[i], points[j]), Double::sum);
      }
      out[i] = of(labels[i], sums, sizes);
    }
    return out;
  }

  private static double of(int own, Map<Integer, Double> sums, Map<Integer, Integer> sizes) {
    if (sizes.get(own) == 1) {
      return 0;
    }
    double a = sums.get(own) / (sizes.get(own) - 1);
    double b =
        sums.entrySet().stream()
            .filter(e -> e.getKey() != own)
            .mapToDouble(e -> e.getValue() / sizes.get(e.getKey()))
            .min()
            .orElseThrow();
    return Math.max(a, b) == 0 ? 0 : (b - a) / Math.max(a, b);
  }
}
