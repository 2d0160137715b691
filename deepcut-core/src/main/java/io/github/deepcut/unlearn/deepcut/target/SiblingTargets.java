package io.github.deepcut.unlearn.deepcut.target;

import io.github.deepcut.data.Input;
import io.github.deepcut.model.Classifier;
import io.github.deepcut.model.Prediction;
import io.github.deepcut.model.Predictor;
import io.github.deepcut.unlearn.SiblingLosses;
import io.github.deepcut.unlearn.SiblingLosses.Sibling;
import io.github.deepcut.unlearn.UnlearningData;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * Targets that are known: the mean log loss of an item under the siblings that never saw it.
 *
 * <p>A sibling has learnt from fewer data than a retrained model will have, so its losses are a
 * little higher and spread otherwise; and how low a model's losses are where it is sure differs
 * from training to training. Held-out items, which neither model nor siblings have seen, tell by
 * how much: the targets are a + b·(what siblings say) with the a and b under which the log losses
 * that the same siblings give held-out items have the mean and the spread of the model's own. Not
 * the line of least squares: that is nearer to the mean of many retrained models, but no retrained
 * model is their mean, and with its narrower losses too few items would be taken for wrong. Words
 * outside entities have a map of their own.
 */
final class SiblingTargets {
  /** Fewest held-out items to fit on; with fewer, targets are what siblings say. */
  private static final int FEWEST = 50;

  private SiblingTargets() {}

  static TargetLosses of(SiblingLosses siblings, Classifier model, UnlearningData sets) {
    List<? extends Input> heldOut = sets.heldOut();
    Prediction[][] own =
        heldOut.isEmpty() ? new Prediction[0][] : new Predictor().rows(model, heldOut);
    return of(siblings, sets.forget(), own, Estimate.background(model));
  }

  /**
   * The targets.
   *
   * @param forget the rows of D_f
   * @param own what the model says of each item of each row of D_v
   * @param background the labels of words outside entities
   */
  static TargetLosses of(
      SiblingLosses siblings,
      List<? extends Input> forget,
      Prediction[][] own,
      IntPredicate background) {
    Map<Boolean, List<Prediction>> known = // under true words outside entities
        Arrays.stream(own)
            .flatMap(Arrays::stream)
            .filter(p -> p.label() >= 0)
            .collect(Collectors.partitioningBy(p -> background.test(p.label())));
    Map<List<Sibling>, Maps> maps = new HashMap<>();
    double[][] out = new double[forget.size()][];
    for (int row = 0; row < out.length; row++) {
      int example = forget.get(row).example();
      List<Sibling> asked =
          siblings.siblings().stream().filter(s -> s.forget()[example].length > 0).toList();
      Maps its = maps.computeIfAbsent(asked, set -> Maps.fitted(set, known));
      int[] labels = forget.get(row).labels();
      out[row] = new double[labels.length];
      for (int item = 0; item < labels.length; item++) {
        int word = forget.get(row).words()[item];
        out[row][item] =
            (background.test(labels[item]) ? its.outside() : its.inside())
                .of(mean(asked, s -> s.forget()[example][word]));
      }
    }
    return new TargetLosses(out);
  }

  /** Of the log losses that several siblings give an item. */
  private static double mean(List<Sibling> asked, ToDoubleFunction<Sibling> loss) {
    return asked.stream()
        .mapToDouble(s -> TargetLosses.log(loss.applyAsDouble(s)))
        .average()
        .orElseThrow();
  }

  /** Of some siblings, for words inside and outside entities. */
  private record Maps(Affine inside, Affine outside) {
    static Maps fitted(List<Sibling> asked, Map<Boolean, List<Prediction>> own) {
      return new Maps(Affine.fitted(asked, own.get(false)), Affine.fitted(asked, own.get(true)));
    }
  }

  /** x to a + bx. */
  record Affine(double a, double b) {
    private static final Affine SAME = new Affine(0, 1);

    double of(double x) {
      return a + b * x;
    }

    static Affine fitted(List<Sibling> asked, List<Prediction> own) {
      double[][] pairs =
          own.stream()
              .filter(p -> asked.stream().allMatch(s -> isOf(s, p)))
              .map(
                  p ->
                      new double[] {
                        mean(asked, s -> s.heldOut()[p.example()][p.word()]),
                        TargetLosses.log(p.loss())
                      })
              .toArray(double[][]::new);
      return pairs.length < FEWEST ? SAME : matching(pairs);
    }

    private static boolean isOf(Sibling sibling, Prediction own) {
      return sibling.heldOut().length > 0 && sibling.heldOut()[own.example()].length > 0;
    }

    /** Of pairs (x, y): that which gives x the mean and the variance of y. */
    static Affine matching(double[][] pairs) {
      double x = Arrays.stream(pairs).mapToDouble(p -> p[0]).average().orElseThrow();
      double y = Arrays.stream(pairs).mapToDouble(p -> p[1]).average().orElseThrow();
      double xx = Arrays.stream(pairs).mapToDouble(p -> (p[0] - x) * (p[0] - x)).sum();
      double yy = Arrays.stream(pairs).mapToDouble(p -> (p[1] - y) * (p[1] - y)).sum();
      double b = xx == 0 ? 1 : Math.sqrt(yy / xx);
      return new Affine(y - b * x, b);
    }
  }
}
