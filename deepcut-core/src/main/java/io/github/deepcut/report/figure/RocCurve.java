package io.github.deepcut.report.figure;

import io.github.deepcut.stats.Value;
import java.util.List;

/**
 * How many forgotten samples an attack finds for each share of unseen samples that it wrongly
 * suspects.
 *
 * @param others unseen samples: no false-positive rate below 1 / others can be measured
 */
public record RocCurve(ModelRole model, Value auc, long others, List<Point> points) {
  public RocCurve {
    points = List.copyOf(points);
  }

  /**
   * A point of the curve.
   *
   * @param fpr the share of unseen samples suspected, in [0, 1]
   * @param tpr the share of forgotten samples found, in [0, 1], with its interval
   */
  public record Point(double fpr, Value tpr) {}
}
