package io.github.deepcut.report;

import io.github.deepcut.report.Metric.Role;
import io.github.deepcut.report.Verdict.Outcome;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * When a run counts as forgotten: three metrics lie near their reference, from either side. The
 * reference is the retrained model; without one it is an attack AUC of 50 %, alone.
 *
 * <ol>
 *   <li>Inconclusive: a metric is missing or undefined, or the attack saw fewer than {@code
 *       samples} forgotten samples.
 *   <li>Not forgotten: a metric is further from its reference than its threshold, and its interval
 *       either leaves the allowed band out or is narrow enough to tell (half-width up to the
 *       threshold). Above the reference on forgotten samples is memory, below is over-forgetting,
 *       which gives them away as well.
 *   <li>Inconclusive: a metric is beyond its threshold but too noisy to tell, or the attack's noise
 *       (the interval's half-width) is above its threshold.
 *   <li>Inconclusive: no headroom. Neither for the attack nor for the forget utility was the
 *       original further from the reference than threshold and noise floor, with an interval that
 *       leaves 0 out: doing nothing would have passed.
 *   <li>Forgotten: all else.
 * </ol>
 *
 * <p>The interval of a gap is that of unlearned - retrained; where it is not known, that of the
 * unlearned value stands in.
 *
 * @param forget the greatest gap of the utility on forgotten samples, in percentage points
 * @param test the greatest gap of the utility on test samples
 * @param attack the greatest gap of the attack's AUC
 * @param samples the fewest forgotten samples that allow a verdict
 */
public record VerdictRule(double forget, double test, double attack, long samples) {
  /**
   * Our convention. 5 points on forgotten samples and for the attack: about what chance moves an
   * AUC by on a hundred samples. 1.5 points on test samples: what a user would let pass. 10
   * samples: below, a bootstrap interval covers less than it says.
   */
  public static final VerdictRule DEFAULT = new VerdictRule(5, 1.5, 5, 10);

  public VerdictRule {
    if (!(forget > 0 && test > 0 && attack > 0 && samples > 0)) {
      throw new IllegalArgumentException(
          "thresholds %s, %s, %s, %d: expected all above 0"
              .formatted(forget, test, attack, samples));
    }
  }

  /** The verdict on the rows of a run. */
  public Verdict judge(List<Row> rows) {
    Optional<Row> attackRow = find(rows, Role.ATTACK);
    if (attackRow.isEmpty()) {
      return inconclusive("there is no attack_auc to judge by");
    }
    Row row = attackRow.get();
    if (row.unlearned().number().isEmpty()) {
      return inconclusive(row.undefined().findFirst().orElse("attack_auc is undefined"));
    }
    if (row.unlearned().n() < samples) {
      return inconclusive(
          "the attack compared %d forgotten samples and a verdict needs %d"
              .formatted(row.unlearned().n(), samples));
    }
    return row.retrained() == null
        ? judgeChecks(List.of(Check.toChance(row, attack)))
        : judgeGaps(rows);
  }

  private Verdict judgeGaps(List<Row> rows) {
    for (Role role : List.of(Role.ATTACK, Role.FORGET, Role.TEST)) {
      Optional<Row> row = find(rows, role);
      if (row.isEmpty() || row.get().gap().isEmpty()) {
        return inconclusive(
            row.flatMap(r -> r.undefined().findFirst())
                .orElse(
                    "the gap of the "
                        + role.name().toLowerCase(Locale.ROOT)
                        + " metric to the retrained model is missing"));
      }
    }
    return judgeChecks(
        List.of(
            Check.toRetrained(find(rows, Role.ATTACK).orElseThrow(), attack),
            Check.toRetrained(find(rows, Role.FORGET).orElseThrow(), forget),
            Check.toRetrained(find(rows, Role.TEST).orElseThrow(), test)));
  }

  private static Verdict judgeChecks(List<Check> checks) {
    for (Check check : checks) {
      if (check.fails()) {
        return new Verdict(Outcome.NOT_FORGOTTEN, check.failure());
      }
    }
    for (Check check : checks) {
      if (check.tooNoisy()) {
        return inconclusive(check.noise());
      }
    }
    if (checks.stream().noneMatch(Check::hasHeadroom)) {
      return inconclusive(checks.get(0).noHeadroom());
    }
    return new Verdict(
        Outcome.FORGOTTEN, checks.stream().map(Check::success).collect(Collectors.joining(", ")));
  }

  private static Optional<Row> find(List<Row> rows, Role role) {
    return rows.stream().filter(r -> r.metric().role() == role).findFirst();
  }

  private static Verdict inconclusive(String because) {
    return new Verdict(Outcome.INCONCLUSIVE, because);
  }
}
