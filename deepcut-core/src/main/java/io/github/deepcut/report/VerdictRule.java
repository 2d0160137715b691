package io.github.deepcut.report;

import io.github.deepcut.report.Metric.Role;
import io.github.deepcut.report.Verdict.Outcome;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * When a run counts as forgotten: the attack is equivalent to its reference, from either side, and
 * the utilities are not shown to differ. The reference is the retrained model; without one it is an
 * attack AUC of 50 % against class-matched samples never seen, alone.
 *
 * <ol>
 *   <li>Inconclusive: a metric is missing or undefined, or the attack saw fewer than {@code
 *       samples} forgotten samples.
 *   <li>Not forgotten: the attack is beyond its threshold and significantly different from the
 *       reference, or a utility is significantly beyond its threshold (95 % intervals). Above the
 *       reference on forgotten samples is memory, below is over-forgetting, which gives them away
 *       as well.
 *   <li>Inconclusive: the attack is not shown to be equivalent, by two one-sided tests (TOST) of
 *       its gap at 5 %.
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
 * @param attack the equivalence margin of the attack's AUC
 * @param samples the fewest forgotten samples that allow a verdict
 */
public record VerdictRule(double forget, double test, double attack, long samples) {
  /**
   * Our convention; docs/audit.md has the figures behind it.
   *
   * <ul>
   *   <li>attack, 8 points: an AUC of 58 % is a shift of .28 standard deviations, a small effect.
   *       Two models retrained with different seeds are up to 3 points apart, and the gap of some
   *       fifty samples is known to within 3: a margin of 5 would leave no room for both.
   *   <li>forget, 5 points, significantly exceeded: an F1 or accuracy over a few dozen samples errs
   *       by 10, so it can convict but not acquit.
   *   <li>test, 3 points, significantly exceeded: two retrained models are up to 2.6 apart.
   *   <li>samples, 30: of 10, bootstrap intervals cover less than they say, and the untouched
   *       original passed in up to a fifth of repeats.
   * </ul>
   */
  public static final VerdictRule DEFAULT = new VerdictRule(5, 3, 8, 30);

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

  /** The attack comes first. */
  private static Verdict judgeChecks(List<Check> checks) {
    for (Check check : checks) {
      if (check.fails()) {
        return new Verdict(Outcome.NOT_FORGOTTEN, check.failure());
      }
    }
    Check attack = checks.get(0);
    if (!attack.isEquivalent()) {
      return inconclusive(attack.noise());
    }
    if (checks.stream().noneMatch(Check::hasHeadroom)) {
      return inconclusive(attack.noHeadroom());
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
