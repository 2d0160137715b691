package io.github.deepcut.report;

import io.github.deepcut.report.Metric.Role;
import io.github.deepcut.report.Verdict.Outcome;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * When a run counts as forgotten: in the attack, in the utility on forgotten and in that on test
 * samples the model is shown to be near the retrained one, and the original is not.
 *
 * <ol>
 *   <li>Not forgotten: it is the original, tensor by tensor.
 *   <li>Inconclusive: it is the retrained model, and cannot be held against itself.
 *   <li>Inconclusive: a metric is missing or undefined, or the attack saw fewer than {@code
 *       samples} forgotten samples.
 *   <li>Without a retrained model: see {@link Alone}. It never says forgotten.
 *   <li>Not forgotten: the attack is beyond its threshold and significantly different from the
 *       reference, or a utility is significantly beyond its threshold (95 % intervals). Above the
 *       reference on forgotten samples is memory, below is over-forgetting, which gives them away
 *       as well.
 *   <li>Inconclusive: without an original nobody knows what there was to find.
 *   <li>Inconclusive: a gap is not shown to be small, see {@link Check#isNear}.
 *   <li>Inconclusive: no headroom. Neither in the attack nor in the forget utility was the original
 *       beyond the margin: doing nothing would have passed.
 *   <li>Inconclusive: another row of the audit tells the model from the retrained one, see {@link
 *       Doubt}.
 *   <li>Forgotten: all else.
 * </ol>
 *
 * @param forget the greatest gap of the utility on forgotten samples, in percentage points
 * @param test the greatest gap of the utility on test samples that does not convict
 * @param testWithin the margin that this gap has to be shown to lie within
 * @param attack the equivalence margin of the attack's AUC
 * @param samples the fewest forgotten samples that allow a verdict
 */
public record VerdictRule(
    double forget, double test, double testWithin, double attack, long samples) {
  /** Our convention; docs/audit.md has the reasons and the figures behind it. */
  public static final VerdictRule DEFAULT = new VerdictRule(5, 3, 5, 8, 30);

  public VerdictRule {
    if (!(forget > 0 && test > 0 && testWithin >= test && attack > 0 && samples > 0)) {
      throw new IllegalArgumentException(
          "thresholds %s, %s, %s, %s, %d: expected all above 0, and test within what it convicts by"
              .formatted(forget, test, testWithin, attack, samples));
    }
  }

  /** The verdict on the rows of a run. */
  public Verdict judge(List<Row> rows, Same same) {
    if (same.original()) {
      return new Verdict(
          Outcome.NOT_FORGOTTEN,
          "this is the original: every tensor is the same, nothing was done");
    }
    if (same.retrained()) {
      return inconclusive(
          "this is the retrained model: every tensor is the same, and nothing can be shown by"
              + " holding it against itself");
    }
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
    if (row.retrained() == null) {
      return new Alone(row, attack).verdict();
    }
    return missing(rows).orElseGet(() -> judge(rows, checks(rows)));
  }

  private static Optional<Verdict> missing(List<Row> rows) {
    for (Role role : List.of(Role.ATTACK, Role.FORGET, Role.TEST)) {
      Optional<Row> row = find(rows, role);
      if (row.isEmpty() || row.get().gap().isEmpty()) {
        return Optional.of(
            inconclusive(
                row.flatMap(r -> r.undefined().findFirst())
                    .orElse(
                        "the gap of the "
                            + role.name().toLowerCase(Locale.ROOT)
                            + " metric to the retrained model is missing")));
      }
    }
    return Optional.empty();
  }

  private List<Check> checks(List<Row> rows) {
    return List.of(
        new Check(find(rows, Role.ATTACK).orElseThrow(), attack, attack),
        new Check(find(rows, Role.FORGET).orElseThrow(), forget, forget),
        new Check(find(rows, Role.TEST).orElseThrow(), test, testWithin));
  }

  private Verdict judge(List<Row> rows, List<Check> checks) {
    Optional<Check> failed = checks.stream().filter(Check::fails).findFirst();
    if (failed.isPresent()) {
      return new Verdict(Outcome.NOT_FORGOTTEN, failed.get().failure());
    }
    String passed = checks.stream().map(Check::success).collect(Collectors.joining(", "));
    return open(rows, checks)
        .map(VerdictRule::inconclusive)
        .orElseGet(() -> reconsider(new Verdict(Outcome.FORGOTTEN, passed), rows));
  }

  /** Why nobody can say that it has forgotten. */
  private static Optional<String> open(List<Row> rows, List<Check> checks) {
    if (rows.stream().allMatch(r -> r.original() == null)) {
      return Optional.of(
          "without the original nobody knows what there was to find; no difference from the"
              + " retrained model was");
    }
    Optional<Check> far = checks.stream().filter(c -> !c.isNear()).findFirst();
    if (far.isPresent()) {
      return far.map(Check::noise);
    }
    return checks.stream().anyMatch(Check::hasHeadroom)
        ? Optional.empty()
        : Optional.of(
            "nothing can be shown, as the original passes too: "
                + checks.stream()
                    .filter(Check::tellsForgetting)
                    .map(Check::noHeadroom)
                    .collect(Collectors.joining(", ")));
  }

  /** The same verdict unless it acquits and one of {@code more} rows doubts it. */
  public Verdict reconsider(Verdict verdict, List<Row> more) {
    return verdict.outcome() != Outcome.FORGOTTEN
        ? verdict
        : more.stream()
            .flatMap(r -> Doubt.of(r, attack))
            .findFirst()
            .map(VerdictRule::inconclusive)
            .orElse(verdict);
  }

  private static Optional<Row> find(List<Row> rows, Role role) {
    return rows.stream().filter(r -> r.metric().role() == role).findFirst();
  }

  private static Verdict inconclusive(String because) {
    return new Verdict(Outcome.INCONCLUSIVE, because);
  }
}
