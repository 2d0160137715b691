package io.github.deepcut.audit;

import io.github.deepcut.stats.Bootstrap;
import io.github.deepcut.stats.Interval;
import io.github.deepcut.stats.Ranking;
import io.github.deepcut.stats.RocAuc;
import io.github.deepcut.stats.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The membership attack by loss (Yeom et al., 2018): does a forgotten sample have a lower loss than
 * one the model never saw? AUC of score = -loss, forgotten against test samples.
 *
 * <p>Matched by class: each test sample of class c weighs n_forget(c) / n_test(c), so that both
 * sides have the same mix of classes. This is the mean of all draws of equally many test samples of
 * the same class, without their noise. Forgotten samples of a class without a test sample are left
 * out; {@link #leftOut} counts them.
 *
 * <p>Any other score serves as well, its negative taken for the loss: see {@link Attack#against}.
 *
 * <p>Range [0, 1]: 0.5 means that losses tell nothing; above, the sample is remembered; far below,
 * it is over-forgotten, which tells as much. Ties count one half. The interval is a bootstrap
 * within each class of each side; a class with one sample on a side adds no spread there. Undefined
 * where no forgotten sample has a test sample of its class.
 */
public final class LossAttack {
  private final List<Scored> forget;
  private final int[][] strata; // positions: forgotten first, then test
  private final double[] weight;
  private final Ranking ranking;
  private final int leftOut;
  private final List<String> samples; // what must agree for a paired comparison

  /** The attack on one model. */
  public LossAttack(List<Scored> forget, List<Scored> test) {
    Map<String, List<Integer>> byClass = new TreeMap<>();
    var inForget = forget.stream().map(Scored::stratum).collect(Collectors.toSet());
    var inTest = test.stream().map(Scored::stratum).collect(Collectors.toSet());
    this.forget = forget.stream().filter(s -> inTest.contains(s.stratum())).toList();
    List<Scored> matched = test.stream().filter(s -> inForget.contains(s.stratum())).toList();
    List<Scored> all = Stream.concat(this.forget.stream(), matched.stream()).toList();
    int members = this.forget.size();
    for (int i = 0; i < all.size(); i++) {
      String key = (i < members ? "f " : "t ") + all.get(i).stratum();
      byClass.computeIfAbsent(key, k -> new ArrayList<>()).add(i);
    }
    strata = byClass.values().stream().map(LossAttack::positions).toArray(int[][]::new);
    weight = RocAuc.ones(all.size());
    for (int i = members; i < weight.length; i++) {
      String c = all.get(i).stratum();
      weight[i] = (double) byClass.get("f " + c).size() / byClass.get("t " + c).size();
    }
    ranking = new Ranking(scores(this.forget), scores(matched));
    leftOut = forget.size() - members;
    samples = all.stream().map(s -> s.stratum() + "\0" + s.id()).toList();
  }

  /** The AUC with its interval; n counts the forgotten samples compared. */
  public Value auc(Bootstrap bootstrap) {
    return estimate(a -> a.ranking.auc(a.weight), bootstrap.interval(strata, this::auc));
  }

  /** The AUC without an interval: cheap enough for a stop rule. */
  public Value auc() {
    return estimate(a -> a.ranking.auc(a.weight), Optional.empty());
  }

  /** AUC here minus AUC of another model on the same samples, with the interval of paired draws. */
  public Value minus(LossAttack other, Bootstrap bootstrap) {
    requireSame(other);
    return estimate(
        a -> a.ranking.auc(weight) - other.ranking.auc(weight),
        bootstrap.interval(strata, drawn -> auc(drawn) - other.auc(drawn)));
  }

  /** The share of paired draws in which at most half of the original's gap is left here. */
  public double halved(LossAttack original, LossAttack retrained, Bootstrap bootstrap) {
    requireSame(original);
    requireSame(retrained);
    return new Halved(original::auc, this::auc, retrained::auc).share(strata, bootstrap);
  }

  private void requireSame(LossAttack other) {
    if (!samples.equals(other.samples)) {
      throw new IllegalArgumentException(
          "a paired comparison needs the same samples in the same order for both models");
    }
  }

  /** The share of forgotten samples found at a share {@code fpr} of test samples suspected. */
  public Value tprAtFpr(double fpr) {
    return estimate(a -> a.ranking.tprAtFpr(weight, fpr), Optional.empty());
  }

  /** Forgotten samples that have a test sample of their class. */
  public int compared() {
    return forget.size();
  }

  /** Test samples of their classes. */
  public int unseen() {
    return weight.length - forget.size();
  }

  /** Forgotten samples that have none, and so are not part of any number here. */
  public int leftOut() {
    return leftOut;
  }

  private double auc(int[] drawn) {
    double[] w = new double[weight.length];
    for (int i : drawn) {
      w[i] += weight[i];
    }
    return ranking.auc(w);
  }

  private Value estimate(Function<LossAttack, Double> statistic, Optional<Interval> interval) {
    return forget.isEmpty()
        ? Value.undefined(
            leftOut == 0
                ? "no forgotten samples"
                : "none of the " + leftOut + " forgotten samples has a test sample of its class",
            0)
        : new Value.Defined(statistic.apply(this), forget.size(), interval);
  }

  private static int[] positions(List<Integer> list) {
    return list.stream().mapToInt(Integer::intValue).toArray();
  }

  private static double[] scores(List<Scored> samples) {
    return samples.stream().mapToDouble(s -> -s.loss()).toArray();
  }
}
