package io.github.deepcut.unlearn.deepcut.target;

import io.github.deepcut.model.Classifier;
import io.github.deepcut.model.Prediction;
import io.github.deepcut.model.Predictor;
import io.github.deepcut.unlearn.SiblingLosses;
import io.github.deepcut.unlearn.UnlearningData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Targets that are known: the mean log loss of an item under the siblings that never saw it. A
 * sibling has learnt from less data than the model, and so says of unseen items what the model says
 * of them only up to an affine map of log losses; that is fitted on held-out items, which neither
 * has seen. k-fold cross-fitting, with the model itself as the one to be predicted.
 */
final class SiblingTargets {
  /** Fewest held-out items to fit on; by fewer, targets are what siblings say. */
  private static final int FEWEST = 50;

  private SiblingTargets() {}

  static TargetLosses of(SiblingLosses siblings, Classifier model, UnlearningData sets) {
    Prediction[][] own =
        sets.heldOut().isEmpty()
            ? new Prediction[0][]
            : new Predictor().rows(model, sets.heldOut());
    double epsilon = Estimate.EPSILON;
    Affine map = map(siblings.heldOut(), own, epsilon);
    double[][] out = new double[siblings.forget().size()][];
    for (int row = 0; row < out.length; row++) {
      double[][] said = siblings.forget().get(row); // (siblings, items)
      out[row] = new double[said[0].length];
      for (int item = 0; item < out[row].length; item++) {
        int i = item;
        double mean =
            Arrays.stream(said).mapToDouble(s -> Math.log(s[i] + epsilon)).average().orElseThrow();
        out[row][item] = map.of(mean);
      }
    }
    return new TargetLosses(out, epsilon);
  }

  /** x to a + bx. */
  private record Affine(double a, double b) {
    /** By least squares. */
    static Affine fitted(List<double[]> pairs) {
      double x = pairs.stream().mapToDouble(p -> p[0]).average().orElseThrow();
      double y = pairs.stream().mapToDouble(p -> p[1]).average().orElseThrow();
      double xx = pairs.stream().mapToDouble(p -> (p[0] - x) * (p[0] - x)).sum();
      double xy = pairs.stream().mapToDouble(p -> (p[0] - x) * (p[1] - y)).sum();
      double b = xx == 0 ? 1 : xy / xx;
      return new Affine(y - b * x, b);
    }

    double of(double x) {
      return a + b * x;
    }
  }

  private static Affine map(List<double[][]> said, Prediction[][] own, double epsilon) {
    List<double[]> pairs = new ArrayList<>(); // a sibling's log loss, the model's
    for (double[][] sibling : said) {
      for (int row = 0; row < own.length; row++) {
        for (int i = 0; sibling[row] != null && i < own[row].length; i++) {
          pairs.add(
              new double[] {
                Math.log(sibling[row][i] + epsilon), Math.log(own[row][i].loss() + epsilon)
              });
        }
      }
    }
    return pairs.size() < FEWEST ? new Affine(0, 1) : Affine.fitted(pairs);
  }
}
