package io.github.deepcut.unlearn.deepcut.target;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Weights of held-out items under which each of several keys (the levels of a {@link
 * DifficultyModel}'s measures, the class) is distributed among them as among forgotten items: D_v
 * may be of another make than D_f.
 */
final class Raking {
  /** Rounds of raking, each of which fits every key once. */
  private static final int ROUNDS = 50;

  private final boolean byClass;
  private final int size;
  private final List<Key> keys = new ArrayList<>();

  /** The value of a key of each forgotten and each held-out item of a group, below {@code most}. */
  private record Key(int[] forgotten, int[] unseen, int most) {

    /** Of each value: its share of the forgotten items over its share of the weights; or 0. */
    double[] ratios(double[] weights) {
      double[] wanted = new double[most];
      double[] there = new double[most];
      Arrays.stream(forgotten).forEach(v -> wanted[v]++);
      for (int i = 0; i < unseen.length; i++) {
        there[unseen[i]] += weights[i];
      }
      double total = Math.max(1e-300, Arrays.stream(weights).sum());
      double[] out = new double[most];
      Arrays.setAll(
          out, v -> there[v] == 0 ? 0 : wanted[v] / forgotten.length / (there[v] / total));
      return out;
    }

    void fit(double[] weights, double[] ratios) {
      Arrays.setAll(weights, i -> weights[i] * ratios[unseen[i]]);
    }
  }

  /**
   * Matches the items {@code like} of {@code unseen} to the items {@code group} of {@code
   * forgotten}.
   */
  Raking(
      DifficultyModel novice, RankedItems forgotten, int[] group, RankedItems unseen, int[] like) {
    byClass = novice.matchesClasses();
    size = like.length;
    for (int m = 0; m < forgotten.ease().length; m++) {
      double[] ease = forgotten.ease()[m];
      double[] held = unseen.ease()[m];
      double[] mine = RankedItems.at(group, i -> ease[i]);
      double[] edges = novice.edges(mine);
      int[] theirs = levels(edges, RankedItems.at(like, i -> held[i]));
      keys.add(new Key(levels(edges, mine), theirs, edges.length + 1));
    }
    if (byClass) {
      int classes = forgotten.predictions()[0].logProbabilities().length;
      keys.add(new Key(labels(forgotten, group), labels(unseen, like), classes));
    }
  }

  /** A weight for each held-out item of the group; all are 0 where no class is in common. */
  double[] weights() {
    return byClass ? independent() : raked();
  }

  /** Classes, many and with few items each, are matched as if levels did not depend on them. */
  private double[] independent() {
    double[] none = ones();
    double[] out = ones();
    keys.forEach(key -> key.fit(out, key.ratios(none)));
    if (Arrays.stream(out).anyMatch(w -> w > 0)) {
      return out;
    }
    Key classes = keys.get(keys.size() - 1); // no level in common
    double[] byClassAlone = ones();
    classes.fit(byClassAlone, classes.ratios(none));
    return byClassAlone;
  }

  /** Fits the keys in turn (Deming and Stephan, 1940), so that all are matched at once. */
  private double[] raked() {
    double[] out = ones();
    for (int round = 0; round < ROUNDS; round++) {
      keys.forEach(key -> key.fit(out, key.ratios(out)));
    }
    return Arrays.stream(out).anyMatch(w -> w > 0) ? out : ones();
  }

  private double[] ones() {
    double[] out = new double[size];
    Arrays.fill(out, 1);
    return out;
  }

  private static int[] labels(RankedItems items, int[] group) {
    return Arrays.stream(group).map(i -> items.predictions()[i].label()).toArray();
  }

  /** How many edges are not above each value. */
  private static int[] levels(double[] edges, double[] values) {
    return Arrays.stream(values)
        .mapToInt(v -> (int) IntStream.range(0, edges.length).filter(e -> edges[e] <= v).count())
        .toArray();
  }
}
