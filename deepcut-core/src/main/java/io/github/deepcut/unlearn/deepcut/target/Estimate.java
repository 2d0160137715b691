package io.github.deepcut.unlearn.deepcut.target;

import io.github.deepcut.data.Input;
import io.github.deepcut.data.LazySequences;
import io.github.deepcut.data.Task;
import io.github.deepcut.model.Classifier;
import io.github.deepcut.run.InputException;
import io.github.deepcut.run.Run;
import io.github.deepcut.stats.NormalScores;
import io.github.deepcut.stats.Quantiles;
import io.github.deepcut.train.Batches;
import io.github.deepcut.unlearn.Setting;
import io.github.deepcut.unlearn.Setting.Range;
import io.github.deepcut.unlearn.UnlearningData;
import io.github.deepcut.unlearn.loop.Check;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Estimates what loss each forgotten item would have under a model that never saw it, without
 * training one.
 *
 * <p>Two things tell how hard an item is: its own loss under the original model, and what a {@link
 * DifficultyModel} makes of it that knows D_r alone. Their ranks are added as normal scores; the
 * item of rank q is given the q-quantile of the log losses of held-out items, which no training has
 * touched, weighted so that they are as easy to the novice as those ranked. Quantiles, not
 * regression: a mean predictor is biased low, and the spread of the losses is part of what an
 * attacker sees.
 *
 * <p>D_f is ranked together with <i>peers</i>, retained sequences that the novice does not know
 * either. The original has seen both, so a D_f that it finds harder than its peers is given higher
 * targets. Not so where the novice finds D_f harder or easier than them: items of a kind (all that
 * name one person, say) held each other up in training, and their losses do not compare with those
 * of others.
 */
public record Estimate(
    @Setting(
            value = "weight of the model's own loss in the ranking, beside the simple model's",
            range = Range.NOT_NEGATIVE)
        double ownWeight,
    @Setting(
            value =
                "retained rows to rank the forgotten ones with: at most, and no more than a tenth",
            range = Range.NOT_NEGATIVE)
        int peers) {

  /** Up to as many retained sequences are all known to the novice. */
  static final int SEARCHED = 20_000;

  /** Of more, as many at random: a file of millions takes no longer than one of thousands. */
  static final int SAMPLED = 10_000;

  /** Held-out sequences to look at, at most. */
  private static final int HELD_OUT = 1000;

  /** The standard errors by which peers may differ from D_f: p = .01, two-sided. */
  private static final double ALIKE = 2.58;

  public Estimate {
    Check.notNegative("own_weight", ownWeight);
    Check.notNegative("peers", peers);
  }

  /** What was chosen for a task. */
  public static Estimate defaults(Task task) {
    return switch (task) {
      case CLASSIFY -> new Estimate(1, 0);
      case NER -> new Estimate(1, 500);
      case IMAGE -> new Estimate(0.4, 0);
    };
  }

  /**
   * Estimates the targets of D_f.
   *
   * @throws InputException without held-out data
   */
  public TargetLosses of(Classifier model, UnlearningData sets, Run run) {
    if (sets.heldOut().isEmpty()) {
      throw new InputException(
          "--holdout is missing: targets are estimated from data that the model never trained on;"
              + " give it, or choose --method deepcut-paper");
    }
    Map<Boolean, List<Input>> retained = apart(among(sets.retain(), run), run);
    DifficultyModel novice = novice(model, retained.get(false), run);
    IntPredicate background = background(model);
    RankedItems forgotten = RankedItems.of(model, sets.forget(), novice);
    RankedItems peers = RankedItems.of(model, retained.get(true), novice);
    RankedItems ranked =
        alike(forgotten, peers, background.negate()) ? forgotten.with(peers) : forgotten;
    List<? extends Input> heldOutRows =
        Arrays.stream(sample(sets, HELD_OUT, novice.matchesClasses(), run))
            .mapToObj(sets.heldOut()::get)
            .toList();
    RankedItems unseen = RankedItems.of(model, heldOutRows, novice);
    double[] target = new double[ranked.size()];
    for (boolean side : new boolean[] {false, true}) {
      int[] group = ranked.where(label -> background.test(label) == side);
      if (group.length > 0 && group[0] < forgotten.size()) { // D_f comes first
        int[] like = unseen.where(label -> background.test(label) == side);
        double[] weights = new Raking(novice, ranked, group, unseen, like).weights();
        double[] logLosses = RankedItems.at(like, i -> TargetLosses.log(unseen.loss(i)));
        estimate(group, ranked, reference(logLosses, weights), target);
      }
    }
    lost(sets.lost(), forgotten, unseen, target);
    return new TargetLosses(shaped(target, sets.forget()));
  }

  /**
   * The retained sequences, each made once: the peers of D_f under true, all others under false.
   */
  private Map<Boolean, List<Input>> apart(List<? extends Input> retained, Run run) {
    int count = Math.min(peers, retained.size() / 10);
    int[] drawn = Batches.sample(retained.size(), count, run.random("peers"));
    Set<Integer> chosen = Arrays.stream(drawn).boxed().collect(Collectors.toSet());
    return IntStream.range(0, retained.size())
        .boxed()
        .collect(
            Collectors.partitioningBy(
                chosen::contains, Collectors.mapping(retained::get, Collectors.toList())));
  }

  /** Whether the novice finds the items of these labels as hard among the peers as in D_f. */
  static boolean alike(RankedItems forgotten, RankedItems peers, IntPredicate label) {
    int[] mine = forgotten.where(label);
    DoubleStream hard = Arrays.stream(mine).mapToDouble(i -> -forgotten.ease()[0][i]);
    DoubleStream theirs = Arrays.stream(peers.where(label)).mapToDouble(i -> -peers.ease()[0][i]);
    double[] all = DoubleStream.concat(hard, theirs).toArray();
    return Math.abs(NormalScores.difference(all, mine.length)) <= ALIKE;
  }

  private DifficultyModel novice(Classifier model, List<Input> retained, Run run) {
    return model.task() == Task.NER
        ? new LinearTagger(retained, model.labels().size(), run.random("novice"))
        : new Neighbours(retained);
  }

  /**
   * Estimate of classes that are forgotten whole: held-out items of such a class tell how a model
   * does that knows it. One that does not says of it what this one says of it in items of others.
   */
  private static void lost(
      Set<Integer> classes, RankedItems forgotten, RankedItems unseen, double[] target) {
    for (int c : classes) {
      double[] others =
          Arrays.stream(unseen.where(label -> label != c))
              .mapToDouble(i -> TargetLosses.log(-unseen.predictions()[i].logProbabilities()[c]))
              .sorted()
              .toArray();
      int[] group = forgotten.where(label -> label == c);
      double[] own = NormalScores.of(RankedItems.at(group, forgotten::loss));
      for (int k = 0; k < group.length && others.length > 0; k++) {
        double q = NormalScores.NORMAL.cumulativeProbability(own[k]);
        target[group[k]] = others[(int) Math.min(others.length - 1, q * others.length)];
      }
    }
  }

  /** Writes the targets of the items of one group. */
  private void estimate(int[] group, RankedItems items, Quantiles reference, double[] target) {
    double[] own = NormalScores.of(RankedItems.at(group, items::loss));
    double[] novice = NormalScores.of(RankedItems.at(group, i -> -items.ease()[0][i]));
    double[] rank =
        NormalScores.of(
            RankedItems.at(
                IntStream.range(0, own.length).toArray(), k -> ownWeight * own[k] + novice[k]));
    for (int k = 0; k < group.length; k++) {
      target[group[k]] = reference.at(NormalScores.NORMAL.cumulativeProbability(rank[k]));
    }
  }

  /** Words outside entities are ranked and matched among themselves. */
  static IntPredicate background(Classifier model) {
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

  /**
   * Which held-out sequences to look at: where there are too many, some at random. Where classes
   * are matched, all that share one with D_f are among them if they are a quarter of them at most:
   * of the few that a class has, a random part tells little.
   */
  static int[] sample(UnlearningData sets, int most, boolean byClass, Run run) {
    List<? extends Input> all = sets.heldOut();
    int[] drawn = Batches.sample(all.size(), most, run.random("held-out"));
    if (drawn.length == all.size() || !byClass) {
      return drawn;
    }
    Set<Integer> classes = sets.classes();
    int[] kin =
        IntStream.range(0, all.size())
            .filter(i -> Arrays.stream(LazySequences.classes(all, i)).anyMatch(classes::contains))
            .toArray();
    return kin.length > most / 4
        ? drawn
        : IntStream.concat(Arrays.stream(kin), Arrays.stream(drawn))
            .distinct()
            .limit(most)
            .toArray();
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

  private static Quantiles reference(double[] logLosses, double[] weights) {
    if (Arrays.stream(weights).noneMatch(w -> w > 0)) {
      throw new InputException(
          "--holdout holds no item of a forgotten class; its items tell how unseen ones behave");
    }
    return Quantiles.of(logLosses, weights);
  }
}
