package io.github.deepcut.unlearn;

import io.github.deepcut.data.Input;
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
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Estimates what loss each forgotten item would have under a model that never saw it, without
 * training one.
 *
 * <p>Two things tell how hard an item is: its own loss under the original model, and what a {@link
 * Novice} makes of it that knows D_r alone. Their ranks are added as normal scores; the item of
 * rank q is given the q-quantile of the log losses of held-out items, which no training has
 * touched, weighted so that they are as easy to the novice as D_f is. Quantiles, not regression: a
 * mean predictor is biased low, and the spread of the losses is part of what an attacker sees.
 * {@code shrink} below 1 draws the estimates towards the median, as far as the ranking is unsure.
 *
 * @param neighbours k, of sentences and images
 * @param sharpness how much more the nearest count: weight e^{sharpness·cosine}
 * @param ownWeight weight of the model's own loss beside the novice's
 * @param shrink factor on the combined normal score
 * @param heldOut most held-out sequences to look at
 */
public record UnseenLoss(
    int neighbours, double sharpness, double ownWeight, double shrink, int heldOut) {
  /** Keeps log losses finite, as in the audit's log-loss distance. */
  static final double EPSILON = 1e-3;

  /** Up to as many retained sequences are all known to the novice. */
  static final int SEARCHED = 20_000;

  /** Of more, as many at random: a file of millions takes no longer than one of thousands. */
  static final int SAMPLED = 10_000;

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
    List<? extends Input> unseenRows = sample(sets.heldOut(), run);
    Novice novice = novice(model, among(sets.retain(), run), run);
    Items forgotten = Items.of(model, sets.forget(), novice);
    Items unseen = Items.of(model, unseenRows, novice);
    double[] target = new double[forgotten.size()];
    IntPredicate background = background(model);
    for (boolean side : new boolean[] {false, true}) {
      int[] group = forgotten.where(label -> background.test(label) == side);
      if (group.length > 0) {
        int[] like = unseen.where(label -> background.test(label) == side);
        Matching matching = new Matching(novice, forgotten, group, unseen, like);
        estimate(group, forgotten, Reference.of(unseen, like, matching.weights()), target);
      }
    }
    lost(sets.lost(), forgotten, unseen, target);
    return shaped(target, sets.forget());
  }

  private Novice novice(Classifier model, List<? extends Input> known, Run run) {
    List<Input> retained = List.copyOf(known); // each made once, where rows are lazy
    return model.task() == Task.NER
        ? new LinearTagger(retained, model.labels().size(), run.random("novice"))
        : new Neighbours(neighbours, sharpness, retained);
  }

  /**
   * Targets of classes that are forgotten whole: held-out items of such a class tell how a model
   * does that knows it. One that does not says of it what this one says of it in items of others.
   */
  private static void lost(Set<Integer> classes, Items forgotten, Items unseen, double[] target) {
    for (int c : classes) {
      double[] others =
          Arrays.stream(unseen.where(label -> label != c))
              .mapToDouble(i -> Math.log(EPSILON - unseen.predictions()[i].logProbabilities()[c]))
              .sorted()
              .toArray();
      int[] group = forgotten.where(label -> label == c);
      double[] own = normalScores(at(group, i -> logLoss(forgotten.predictions()[i])));
      for (int k = 0; k < group.length && others.length > 0; k++) {
        double q = NORMAL.cumulativeProbability(own[k]);
        target[group[k]] = others[(int) Math.min(others.length - 1, q * others.length)];
      }
    }
  }

  /**
   * Items of some sequences: what the model says of them, and how easy they are by each measure.
   */
  record Items(Prediction[] predictions, double[][] ease) {
    static Items of(Classifier model, List<? extends Input> rows, Novice novice) {
      Prediction[] flat =
          Arrays.stream(new Predictor().rows(model, rows))
              .flatMap(Arrays::stream)
              .toArray(Prediction[]::new);
      return new Items(flat, novice.ease(rows));
    }

    int size() {
      return predictions.length;
    }

    /** The items whose label is known and wanted. */
    int[] where(IntPredicate label) {
      return IntStream.range(0, size())
          .filter(i -> predictions[i].label() >= 0 && label.test(predictions[i].label()))
          .toArray();
    }
  }

  /** Writes the targets of the items of one group. */
  private void estimate(int[] group, Items items, Reference reference, double[] target) {
    double[] own = normalScores(at(group, i -> logLoss(items.predictions()[i])));
    double[] novice = normalScores(at(group, i -> -items.ease()[0][i]));
    double[] rank =
        normalScores(
            at(IntStream.range(0, own.length).toArray(), k -> ownWeight * own[k] + novice[k]));
    for (int k = 0; k < group.length; k++) {
      target[group[k]] = reference.quantile(NORMAL.cumulativeProbability(shrink * rank[k]));
    }
  }

  /** Words outside entities are ranked and matched among themselves. */
  private static IntPredicate background(Classifier model) {
    int outside = model.task() == Task.NER ? model.labels().indexOf("O") : -1;
    return label -> label == outside;
  }

  /** The retained sequences for the novice to know. */
  static <T extends Input> List<T> among(List<T> retain, Run run) {
    if (retain.size() <= SEARCHED) {
      return retain;
    }
    return Arrays.stream(Batches.sample(retain.size(), SAMPLED, run.random("neighbours")))
        .sorted()
        .mapToObj(retain::get)
        .toList();
  }

  private List<? extends Input> sample(List<? extends Input> all, Run run) {
    return Arrays.stream(Batches.sample(all.size(), heldOut, run.random("held-out")))
        .mapToObj(all::get)
        .toList();
  }

  static double[] at(int[] positions, IntToDoubleFunction value) {
    return Arrays.stream(positions).mapToDouble(value).toArray();
  }

  private static double[][] shaped(double[] flat, List<? extends Input> rows) {
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

    /** Of the items {@code like} of {@code unseen}, by weight. */
    static Reference of(Items unseen, int[] like, double[] weights) {
      int[] sorted =
          IntStream.range(0, like.length)
              .filter(k -> weights[k] > 0)
              .boxed()
              .sorted(Comparator.comparingDouble(k -> unseen.predictions()[like[k]].loss()))
              .mapToInt(Integer::intValue)
              .toArray();
      if (sorted.length == 0) {
        throw new InputException(
            "--holdout holds no item of a forgotten class; its items tell how unseen ones behave");
      }
      double[] c = new double[sorted.length];
      double sum = 0;
      for (int k = 0; k < c.length; k++) {
        double w = weights[sorted[k]];
        c[k] = sum + w / 2;
        sum += w;
      }
      double total = sum;
      Arrays.setAll(c, k -> c[k] / total);
      return new Reference(at(sorted, k -> logLoss(unseen.predictions()[like[k]])), c);
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
