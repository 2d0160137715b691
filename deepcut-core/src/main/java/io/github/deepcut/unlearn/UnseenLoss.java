package io.github.deepcut.unlearn;

import io.github.deepcut.data.Sequence;
import io.github.deepcut.data.Task;
import io.github.deepcut.model.Classifier;
import io.github.deepcut.model.Prediction;
import io.github.deepcut.model.Predictor;
import io.github.deepcut.run.InputException;
import io.github.deepcut.run.Run;
import io.github.deepcut.train.Batches;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Estimates what loss each forgotten item would have under a model that never saw it, without
 * training one.
 *
 * <p>Two things tell how hard an item is: its own loss under the original model, and how many of
 * its nearest retained items ({@link Neighbours}, on the words alone, which no model has memorised)
 * carry its label. Their ranks are added as normal scores; the item of rank q is given the
 * q-quantile of the log losses of held-out items, which no training has touched, weighted to the
 * classes of D_f. Quantiles, not regression: a mean predictor is biased low, and the spread of the
 * losses is part of what an attacker sees. {@code shrink} below 1 draws the estimates towards the
 * median, as far as the ranking is unsure.
 *
 * @param neighbours k
 * @param sharpness how much more the nearest count: weight e^{sharpness·cosine}
 * @param ownWeight weight of the model's own loss beside the neighbours' vote
 * @param shrink factor on the combined normal score
 * @param heldOut most held-out sequences to look at
 */
public record UnseenLoss(
    int neighbours, double sharpness, double ownWeight, double shrink, int heldOut) {
  /** Keeps log losses finite, as in the audit's log-loss distance. */
  static final double EPSILON = 1e-3;

  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

  public UnseenLoss {
    if (neighbours < 1 || heldOut < 1 || !(shrink > 0) || !(ownWeight >= 0) || !(sharpness >= 0)) {
      throw new InputException(
          "neighbours, held_out and shrink must be > 0, own_weight and sharpness >= 0; found "
              + List.of(neighbours, heldOut, shrink, ownWeight, sharpness));
    }
  }

  static double logLoss(Prediction p) {
    return Math.log(p.loss() + EPSILON);
  }

  /**
   * log(loss + ε) of each item of each forgotten sequence, in their order.
   *
   * @throws InputException without held-out data
   */
  double[][] estimate(Classifier model, ForgetSets sets, Run run) {
    if (sets.heldOut().isEmpty()) {
      throw new InputException(
          "--holdout is missing: the calibrated push needs data that the model never trained on;"
              + " give it, or choose --set push=plain");
    }
    Prediction[] items = flat(new Predictor().rows(model, sets.forget()));
    Prediction[] unseen = heldOut(model, sets.heldOut(), run);
    double[] support = new Neighbours(neighbours, sharpness).support(sets.forget(), sets.retain());
    double[] target = new double[items.length];
    IntPredicate background = background(model);
    for (boolean side : new boolean[] {false, true}) {
      int[] group =
          IntStream.range(0, items.length)
              .filter(i -> background.test(items[i].label()) == side)
              .toArray();
      if (group.length > 0) {
        Prediction[] reference =
            Arrays.stream(unseen)
                .filter(p -> p.label() >= 0 && background.test(p.label()) == side)
                .toArray(Prediction[]::new);
        estimate(group, items, support, Reference.of(reference, counts(group, items)), target);
      }
    }
    return shaped(target, sets.forget());
  }

  /** Writes the targets of the items of one group. */
  private void estimate(
      int[] group, Prediction[] items, double[] support, Reference reference, double[] target) {
    double[] own = normalScores(at(group, i -> logLoss(items[i])));
    double[] vote = normalScores(at(group, i -> -support[i]));
    double[] rank = normalScores(at(indices(own), k -> ownWeight * own[k] + vote[k]));
    for (int k = 0; k < group.length; k++) {
      target[group[k]] = reference.quantile(NORMAL.cumulativeProbability(shrink * rank[k]));
    }
  }

  /** Words outside entities are ranked and matched among themselves. */
  private static IntPredicate background(Classifier model) {
    int outside = model.task() == Task.NER ? model.labels().indexOf("O") : -1;
    return label -> label == outside;
  }

  private Prediction[] heldOut(Classifier model, List<Sequence> all, Run run) {
    int[] chosen = Batches.sample(all.size(), heldOut, run.random("held-out"));
    return flat(new Predictor().rows(model, Arrays.stream(chosen).mapToObj(all::get).toList()));
  }

  private static int[] counts(int[] group, Prediction[] items) {
    int[] counts = new int[items[0].logProbabilities().length];
    Arrays.stream(group).forEach(i -> counts[items[i].label()]++);
    return counts;
  }

  private static double[] at(int[] positions, IntToDoubleFunction value) {
    return Arrays.stream(positions).mapToDouble(value).toArray();
  }

  private static int[] indices(double[] values) {
    return IntStream.range(0, values.length).toArray();
  }

  private static Prediction[] flat(Prediction[][] rows) {
    return Arrays.stream(rows).flatMap(Arrays::stream).toArray(Prediction[]::new);
  }

  private static double[][] shaped(double[] flat, List<Sequence> rows) {
    double[][] out = new double[rows.size()][];
    int next = 0;
    for (int r = 0; r < out.length; r++) {
      int n = rows.get(r).labels().length;
      out[r] = Arrays.copyOfRange(flat, next, next + n);
      next += n;
    }
    return out;
  }

  /** Φ⁻¹((rank - 1/2) / n), equal values sharing their mean rank. */
  static double[] normalScores(double[] values) {
    int n = values.length;
    Integer[] order = IntStream.range(0, n).boxed().toArray(Integer[]::new);
    Arrays.sort(order, Comparator.comparingDouble(i -> values[i]));
    double[] out = new double[n];
    for (int from = 0, to; from < n; from = to) {
      to = from + 1;
      while (to < n && values[order[to]] == values[order[from]]) {
        to++;
      }
      double z = NORMAL.inverseCumulativeProbability((from + to) / 2.0 / n);
      for (int i = from; i < to; i++) {
        out[order[i]] = z;
      }
    }
    return out;
  }

  /** Held-out log losses in ascending order with the cumulative weight at the middle of each. */
  private record Reference(double[] logLosses, double[] cumulative) {

    /** Weighs each class as often as {@code wanted} asks for it. */
    static Reference of(Prediction[] heldOut, int[] wanted) {
      int[] there = new int[wanted.length];
      Arrays.stream(heldOut).forEach(p -> there[p.label()]++);
      List<Prediction> sorted =
          Arrays.stream(heldOut)
              .filter(p -> wanted[p.label()] > 0)
              .sorted(Comparator.comparingDouble(Prediction::loss))
              .toList();
      if (sorted.isEmpty()) {
        throw new InputException(
            "--holdout holds no item of a forgotten class; its items tell how unseen ones behave");
      }
      double[] x = sorted.stream().mapToDouble(UnseenLoss::logLoss).toArray();
      double[] c = new double[x.length];
      double sum = 0;
      for (int i = 0; i < c.length; i++) {
        int label = sorted.get(i).label();
        double w = (double) wanted[label] / there[label];
        c[i] = sum + w / 2;
        sum += w;
      }
      double total = sum;
      Arrays.setAll(c, i -> c[i] / total);
      return new Reference(x, c);
    }

    /** Linear between the middles of neighbouring items, flat outside. */
    double quantile(double q) {
      int at = Arrays.binarySearch(cumulative, q);
      int above = at >= 0 ? at : -at - 1;
      if (above == 0 || above == cumulative.length) {
        return logLosses[Math.min(above, cumulative.length - 1)];
      }
      double share = (q - cumulative[above - 1]) / (cumulative[above] - cumulative[above - 1]);
      return logLosses[above - 1] + share * (logLosses[above] - logLosses[above - 1]);
    }
  }
}
