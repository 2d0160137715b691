package io.github.deepcut.stats;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Area under the ROC curve of a membership score: the probability that a member scores above a
 * non-member, a tie counting one half.
 *
 * <p>Convention: a higher score is more member-like; of a loss, take the negative. Range [0, 1];
 * 0.5 tells nothing, and a value far below 0.5 tells as much as one far above. The interval is a
 * bootstrap within each side. Undefined where a side is empty.
 */
public final class RocAuc {
  private static final String EMPTY_SIDE = "needs members and non-members, found %d and %d";

  private RocAuc() {}

  /** A threshold's false-alarm and hit rate. */
  public record Point(double fpr, double tpr) {}

  /** The area with its interval; n counts the members. */
  public static Value of(double[] members, double[] others, Bootstrap bootstrap) {
    if (members.length == 0 || others.length == 0) {
      return emptySide(members, others);
    }
    Ranking ranking = new Ranking(members, others);
    int all = members.length + others.length;
    int[][] sides = {
      IntStream.range(0, members.length).toArray(), IntStream.range(members.length, all).toArray()
    };
    return new Value.Defined(
        ranking.auc(ones(all)),
        members.length,
        bootstrap.interval(sides, drawn -> ranking.auc(multiplicity(drawn, all))));
  }

  /** The curve from (0, 0) to (1, 1), one point for each distinct score, both sides filled. */
  public static List<Point> curve(double[] members, double[] others) {
    if (members.length == 0 || others.length == 0) {
      throw new IllegalArgumentException(EMPTY_SIDE.formatted(members.length, others.length));
    }
    return new Ranking(members, others).curve(ones(members.length + others.length));
  }

  /**
   * The highest share of members found by a threshold that takes at most the share {@code fpr} of
   * non-members for members; no interpolation. Below 1 / non-members it asks for no false alarm.
   */
  public static Value tprAtFpr(double[] members, double[] others, double fpr) {
    if (members.length == 0 || others.length == 0) {
      return emptySide(members, others);
    }
    double[] weight = ones(members.length + others.length);
    return Value.of(new Ranking(members, others).tprAtFpr(weight, fpr), members.length);
  }

  /**
   * The least |AUC - 0.5| that a two-sided test at 5 % would call significant with so many samples:
   * 1.96 standard errors of the Mann-Whitney statistic without an effect.
   */
  public static double smallestEffect(long members, long others) {
    if (members < 1 || others < 1) {
      throw new IllegalArgumentException(EMPTY_SIDE.formatted(members, others));
    }
    return 1.96 * standardError(members, others);
  }

  /** Of the Mann-Whitney statistic without an effect. */
  static double standardError(long members, long others) {
    return Math.sqrt((members + others + 1.0) / (12.0 * members * others));
  }

  public static double[] ones(int n) {
    double[] weight = new double[n];
    Arrays.fill(weight, 1);
    return weight;
  }

  private static double[] multiplicity(int[] drawn, int n) {
    double[] weight = new double[n];
    for (int i : drawn) {
      weight[i]++;
    }
    return weight;
  }

  private static Value emptySide(double[] members, double[] others) {
    return Value.undefined(EMPTY_SIDE.formatted(members.length, others.length), members.length);
  }
}
