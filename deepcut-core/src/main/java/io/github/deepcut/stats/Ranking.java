package io.github.deepcut.stats;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Scores sorted once, to be read under many weightings. Positions count the members first, then the
 * non-members.
 */
public final class Ranking {
  private final int members;
  private final int[] order; // positions by falling score
  private final boolean[] last; // last[k]: order[k] closes a group of equal scores

  public Ranking(double[] memberScores, double[] otherScores) {
    Checks.numbers("member score", memberScores);
    Checks.numbers("non-member score", otherScores);
    members = memberScores.length;
    double[] all = Arrays.copyOf(memberScores, members + otherScores.length);
    System.arraycopy(otherScores, 0, all, members, otherScores.length);
    order =
        IntStream.range(0, all.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -all[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    last = new boolean[all.length];
    for (int k = 0; k < all.length; k++) {
      last[k] = k + 1 == all.length || all[order[k]] != all[order[k + 1]]; // so -0.0 ties with 0.0
    }
  }

  /** Area under the curve: P(member above non-member) + P(tie) / 2; NaN where a side weighs 0. */
  public double auc(double[] weight) {
    double above = 0; // member weight above the group at hand
    double others = 0;
    double area = 0;
    double groupMembers = 0;
    double groupOthers = 0;
    for (int k = 0; k < order.length; k++) {
      if (order[k] < members) {
        groupMembers += weight[order[k]];
      } else {
        groupOthers += weight[order[k]];
      }
      if (last[k]) {
        area += groupOthers * (above + groupMembers / 2);
        above += groupMembers;
        others += groupOthers;
        groupMembers = 0;
        groupOthers = 0;
      }
    }
    return area / (above * others);
  }

  /** From (0, 0) to (1, 1), one point for each distinct score. */
  List<RocAuc.Point> curve(double[] weight) {
    double allMembers = Arrays.stream(weight, 0, members).sum();
    double allOthers = Arrays.stream(weight, members, weight.length).sum();
    List<RocAuc.Point> points = new ArrayList<>(List.of(new RocAuc.Point(0, 0)));
    double hits = 0;
    double alarms = 0;
    for (int k = 0; k < order.length; k++) {
      hits += order[k] < members ? weight[order[k]] : 0;
      alarms += order[k] < members ? 0 : weight[order[k]];
      if (last[k]) {
        points.add(new RocAuc.Point(alarms / allOthers, hits / allMembers));
      }
    }
    return points;
  }

  /** The highest hit rate at a false-alarm rate of at most {@code fpr}. */
  public double tprAtFpr(double[] weight, double fpr) {
    return curve(weight).stream()
        .filter(p -> p.fpr() <= fpr + 1e-12) // weights are sums of fractions
        .mapToDouble(RocAuc.Point::tpr)
        .max()
        .orElse(0);
  }
}
