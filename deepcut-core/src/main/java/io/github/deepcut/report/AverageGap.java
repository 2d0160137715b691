package io.github.deepcut.report;

import io.github.deepcut.report.Metric.Role;
import io.github.deepcut.stats.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The mean gap to the retrained model, in percentage points, over the utility on the forgotten, the
 * retained and the test samples and the attack's AUC: the literature's average over UA, RA, TA and
 * MIA (Fan et al., SalUn, 2024).
 *
 * <p>Range [0, 100]; lower is better, down to the gap between two retrained models. Undefined
 * unless all four gaps are there: a mean over fewer compares with nothing.
 */
public final class AverageGap {
  private static final List<Role> ROLES = List.of(Role.FORGET, Role.RETAIN, Role.TEST, Role.ATTACK);

  private AverageGap() {}

  /** The mean over the rows of these roles, or why there is none. */
  public static Value of(List<Row> rows) {
    List<Double> gaps = new ArrayList<>();
    List<Role> missing = new ArrayList<>(ROLES);
    for (Row row : rows) {
      if (row.gap().isPresent() && missing.remove(row.metric().role())) {
        gaps.add(row.gap().getAsDouble());
      }
    }
    return missing.isEmpty()
        ? Value.of(gaps.stream().mapToDouble(g -> g).average().orElseThrow(), gaps.size())
        : Value.undefined("no average gap without " + names(rows, missing), gaps.size());
  }

  private static String names(List<Row> rows, List<Role> missing) {
    return rows.stream().allMatch(r -> r.retrained() == null)
        ? "a retrained model"
        : missing.stream()
            .map(AverageGap::name)
            .collect(Collectors.joining(" and ", "a gap of ", ""));
  }

  private static String name(Role role) {
    return switch (role) {
      case FORGET -> "the forget utility";
      case RETAIN -> "the retain utility";
      case TEST -> "the test utility";
      case ATTACK -> "the attack";
      case DOUBT, OTHER -> "another metric";
    };
  }
}
