package io.github.deepcut.audit;

import io.github.deepcut.stats.Bootstrap;
import io.github.deepcut.stats.Checks;
import io.github.deepcut.stats.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where forgotten items lie among the centroids of the classes of retained ones: cosine distance to
 * the own class's, and to the nearest other one's.
 *
 * <p>Range [0, 2]; a remembered item lies near its own, a badly forgotten one nearer to another
 * than the retrained model puts it. An item whose class has no centroid is left out. Undefined
 * where all are.
 */
public final class Centroids {
  private final Map<Integer, double[]> centroids = new TreeMap<>();

  /** Of retained items, a row each. */
  public Centroids(double[][] retained, int[] labels) {
    Checks.sameSize("items against labels", retained.length, labels.length);
    Map<Integer, List<double[]>> byLabel = new TreeMap<>();
    for (int i = 0; i < labels.length; i++) {
      byLabel.computeIfAbsent(labels[i], k -> new ArrayList<>()).add(retained[i]);
    }
    byLabel.forEach((k, rows) -> centroids.put(k, Vectors.mean(rows.toArray(double[][]::new))));
  }

  /** Mean distance of items to the centroid of their class. */
  public Value toOwn(double[][] items, int[] labels, Bootstrap bootstrap) {
    List<Double> distances = new ArrayList<>();
    for (int i = 0; i < items.length; i++) {
      double[] own = centroids.get(labels[i]);
      if (own != null) {
        distances.add(Vectors.cosineDistance(items[i], own));
      }
    }
    return value(distances, bootstrap);
  }

  /** Mean distance of items to the nearest centroid of another class. */
  public Value toNearestOther(double[][] items, int[] labels, Bootstrap bootstrap) {
    List<Double> distances = new ArrayList<>();
    for (int i = 0; i < items.length; i++) {
      double[] item = items[i];
      int label = labels[i];
      centroids.entrySet().stream()
          .filter(e -> e.getKey() != label)
          .mapToDouble(e -> Vectors.cosineDistance(item, e.getValue()))
          .min()
          .ifPresent(distances::add);
    }
    return value(distances, bootstrap);
  }

  private static Value value(List<Double> distances, Bootstrap bootstrap) {
    return distances.isEmpty()
        ? Value.undefined("no forgotten item has such a centroid", 0)
        : bootstrap.mean(distances.stream().mapToDouble(Double::doubleValue).toArray());
  }
}
