package io.github.deepcut.report;

import io.github.deepcut.audit.Answers;
import io.github.deepcut.audit.Evaluation;
import io.github.deepcut.audit.Halved;
import io.github.deepcut.audit.LogLossDistance;
import io.github.deepcut.data.Task;
import io.github.deepcut.stats.Bootstrap;
import io.github.deepcut.stats.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Holds an unlearned model against the original and a retrained one, metric by metric.
 *
 * @param original its answers
 * @param retrained answers of a model trained without D_f; null where there is none
 * @param second answers of another such model, for the noise floor; null where there is none
 * @param forgottenClasses labels that are forgotten whole: their test samples count apart
 */
public record Measurement(
    Answers original, Answers retrained, Answers second, Set<String> forgottenClasses) {
  private static final Value NO_TEST =
      Value.undefined("there are no test data: --eval was not given", 0);

  /** Of a request that leaves something of every class. */
  public Measurement(Answers original, Answers retrained, Answers second) {
    this(original, retrained, second, Set.of());
  }

  /** Every row of the table for a model that was unlearned from the original. */
  public List<Row> rows(Answers unlearned, SplittableRandom random) {
    String utility = original.forget().data().task() == Task.NER ? "f1" : "accuracy";
    Bootstrap bootstrap = new Bootstrap(random);
    List<Row> rows = new ArrayList<>();
    rows.add(quality(Metric.forget(utility), unlearned, Answers::forget, bootstrap));
    rows.add(quality(Metric.retain(utility), unlearned, Answers::retain, bootstrap));
    rows.add(quality(Metric.test(utility), unlearned, a -> test(a, false), bootstrap));
    if (!forgottenClasses.isEmpty()) {
      Metric metric = Metric.testOfForgotten(utility);
      rows.add(quality(metric, unlearned, a -> test(a, true), bootstrap));
    }
    rows.add(attack(unlearned, bootstrap));
    if (retrained != null) {
      rows.add(
          distance(Metric.JS_DIVERGENCE_FORGET, unlearned, bootstrap, Measurement::divergence));
      rows.add(
          distance(Metric.LOSS_DISTANCE_FORGET, unlearned, bootstrap, Measurement::lossDistance));
    }
    return rows;
  }

  /** The test samples of the forgotten classes, or those of the others. */
  private Evaluation test(Answers answers, boolean forgotten) {
    Evaluation all = answers.test();
    if (all == null || forgottenClasses.isEmpty()) {
      return all;
    }
    return all.select(
        IntStream.range(0, all.data().size())
            .filter(i -> forgottenClasses.containsAll(all.data().labels(i)) == forgotten)
            .toArray());
  }

  private Row quality(
      Metric metric, Answers unlearned, Function<Answers, Evaluation> part, Bootstrap bootstrap) {
    Evaluation u = part.apply(unlearned);
    if (u == null) {
      return Row.of(metric, NO_TEST, NO_TEST, retrained == null ? null : NO_TEST);
    }
    Evaluation o = part.apply(original);
    if (retrained == null) {
      return Row.of(metric, o.quality(bootstrap), u.quality(bootstrap), null);
    }
    Evaluation r = part.apply(retrained);
    int n = u.data().size();
    Row row =
        Row.of(metric, o.quality(bootstrap), u.quality(bootstrap), r.quality(bootstrap))
            .withDifference(bootstrap.difference(n, u.statistic(), r.statistic()))
            .withHeadroom(bootstrap.difference(n, o.statistic(), r.statistic()));
    if (metric.role() == Metric.Role.FORGET) {
      row = row.withHalved(halved(new ThreeModels<>(o, u, r), bootstrap));
    }
    return second == null ? row : row.withFloor(Math.abs(r.score() - part.apply(second).score()));
  }

  static double halved(ThreeModels<Evaluation> parts, Bootstrap bootstrap) {
    int[] all = IntStream.range(0, parts.unlearned().data().size()).toArray();
    var statistics = parts.map(Evaluation::statistic);
    return new Halved(
            statistics.original().orElseThrow(),
            statistics.unlearned(),
            statistics.retrained().orElseThrow())
        .share(new int[][] {all}, bootstrap);
  }

  private Row attack(Answers unlearned, Bootstrap bootstrap) {
    if (unlearned.test() == null) {
      return Row.of(Metric.ATTACK_AUC, NO_TEST, NO_TEST, retrained == null ? null : NO_TEST);
    }
    var o = original.attack();
    var u = unlearned.attack();
    if (retrained == null) {
      return Row.of(Metric.ATTACK_AUC, o.auc(bootstrap), u.auc(bootstrap), null);
    }
    var r = retrained.attack();
    Row row =
        Row.of(Metric.ATTACK_AUC, o.auc(bootstrap), u.auc(bootstrap), r.auc(bootstrap))
            .withDifference(u.minus(r, bootstrap))
            .withHeadroom(o.minus(r, bootstrap))
            .withHalved(u.halved(o, r, bootstrap));
    if (second == null) {
      return row;
    }
    double floor = second.attack().auc().number().orElse(Double.NaN);
    return row.withFloor(Math.abs(r.auc().number().orElse(Double.NaN) - floor));
  }

  private interface Distance {
    double[] between(Evaluation a, Evaluation b);
  }

  private Row distance(Metric metric, Answers unlearned, Bootstrap bootstrap, Distance distance) {
    Evaluation r = retrained.forget();
    Row row =
        Row.of(
            metric,
            bootstrap.mean(distance.between(original.forget(), r)),
            bootstrap.mean(distance.between(unlearned.forget(), r)),
            Value.of(0, r.data().size()));
    return second == null
        ? row
        : row.withFloor(
            bootstrap.mean(distance.between(second.forget(), r)).number().orElse(Double.NaN));
  }

  private static double[] divergence(Evaluation a, Evaluation b) {
    return a.divergence(b);
  }

  private static double[] lossDistance(Evaluation a, Evaluation b) {
    return LogLossDistance.perSample(a.losses(), b.losses());
  }
}
