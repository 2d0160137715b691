package io.github.deepcut.report;

import static io.github.deepcut.report.Rows.ATTACK;
import static io.github.deepcut.report.Rows.FORGET;
import static io.github.deepcut.report.Rows.TEST;
import static io.github.deepcut.report.Rows.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deepcut.audit.LossScore;
import io.github.deepcut.audit.MarginScore;
import io.github.deepcut.report.Verdict.Outcome;
import io.github.deepcut.stats.Value;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictRuleTest {
  private static final Row ATTACK_OK = row(ATTACK, 0.80, 0.52, 0.51);
  private static final Row FORGET_OK = row(FORGET, 0.99, 0.86, 0.85);
  private static final Row TEST_OK = row(TEST, 0.91, 0.90, 0.90, 0.01);

  private static Verdict judge(Row... rows) {
    return VerdictRule.DEFAULT.judge(List.of(rows), Same.NONE);
  }

  private static void notForgotten(Verdict verdict, String... parts) {
    assertThat(verdict.outcome()).isEqualTo(Outcome.NOT_FORGOTTEN);
    assertThat(verdict.because()).contains(parts);
  }

  private static void inconclusive(Verdict verdict, String... parts) {
    assertThat(verdict.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    assertThat(verdict.because()).contains(parts);
  }

  @Test
  void nearTheRetrainedModelIsForgotten() {
    assertThat(judge(TEST_OK, ATTACK_OK, FORGET_OK))
        .isEqualTo(
            new Verdict(
                Outcome.FORGOTTEN,
                "attack_auc is within 8.0 points of the retrained model (1.0), the original 29.0 away, "
                    + "forget_f1 is within 5.0 points of the retrained model (1.0), the original 14.0 away, "
                    + "test_f1 is within 5.0 points of the retrained model (0.0)"));
  }

  @Test
  void farAboveOnForgottenSamplesIsRemembered() {
    notForgotten(
        judge(row(ATTACK, 0.80, 0.70, 0.51), FORGET_OK, TEST_OK),
        "attack_auc is 19.0 points above the retrained model, more than the 8.0 allowed",
        "still remembered");
    notForgotten(
        judge(ATTACK_OK, row(FORGET, 0.99, 0.95, 0.85), TEST_OK), "forget_f1", "still remembered");
  }

  @Test
  void farBelowOnForgottenSamplesIsOverForgetting() {
    notForgotten(
        judge(row(ATTACK, 0.80, 0.20, 0.51), FORGET_OK, TEST_OK), "31.0 points below", "over-");
    notForgotten(judge(ATTACK_OK, row(FORGET, 0.99, 0.10, 0.85), TEST_OK), "forget_f1", "over-");
  }

  @Test
  void overForgettingShowsWithoutHeadroomToo() {
    notForgotten(
        judge(row(ATTACK, 0.51, 0.20, 0.51), row(FORGET, 0.85, 0.1, 0.85), TEST_OK), "over-");
  }

  @Test
  void aTestLossIsDamage() {
    notForgotten(
        judge(ATTACK_OK, FORGET_OK, row(TEST, 0.91, 0.85, 0.90, 0.01)),
        "test_f1 is 5.0 points below",
        "damaged");
    notForgotten(
        judge(ATTACK_OK, FORGET_OK, row(TEST, 0.91, 0.95, 0.90, 0.01)), "5.0 points above");
  }

  @Test
  void equivalenceIsShownByTheNinetyPercentInterval() {
    // 95 %: 1 +- 8; 90 %: 1 +- 8 * 1.645 / 1.96 = 1 +- 6.71
    assertThat(judge(row(ATTACK, 0.80, 0.52, 0.51, 0.08), FORGET_OK, TEST_OK).outcome())
        .isEqualTo(Outcome.FORGOTTEN);
    // 1 +- 9 * 1.645 / 1.96 = 1 +- 7.55, and 8.55 is above 8
    inconclusive(
        judge(row(ATTACK, 0.80, 0.52, 0.51, 0.09), FORGET_OK, TEST_OK),
        "attack_auc cannot be told well enough on 60 samples",
        "from -6.6 to 8.6 points from the retrained model, and 8.0 are allowed");
    inconclusive(judge(row(ATTACK, 0.80, 0.42, 0.49, 0.03), FORGET_OK, TEST_OK), "-9.5 to -4.5");
  }

  @Test
  void noiseConvictsNobodyAndAcquitsNobody() {
    // 10 +- 11 holds 0; 10 +- 9 does not
    inconclusive(judge(row(ATTACK, 0.80, 0.61, 0.51, 0.11), FORGET_OK, TEST_OK), "attack_auc");
    notForgotten(judge(row(ATTACK, 0.80, 0.61, 0.51, 0.09), FORGET_OK, TEST_OK), "10.0 points");
    // a utility has to be significantly beyond its threshold: 7 +- 3 may be 4, 10 +- 3 may not
    inconclusive(judge(ATTACK_OK, row(FORGET, 0.99, 0.92, 0.85, 0.03), TEST_OK), "forget_f1");
    notForgotten(judge(ATTACK_OK, row(FORGET, 0.99, 0.95, 0.85, 0.03), TEST_OK), "forget_f1");
    // test: 0 +- 7 * 1.645 / 1.96 is beyond 5
    inconclusive(
        judge(ATTACK_OK, FORGET_OK, row(TEST, 0.91, 0.90, 0.90, 0.07)),
        "test_f1 cannot be told well enough",
        "from -5.9 to 5.9 points");
  }

  @Test
  void whatTheDemoCalledForgottenIsNot() {
    // the untouched original, whose tensors differ in one that nothing reads
    inconclusive(
        judge(row(ATTACK, 0.551, 0.551, 0.515), row(FORGET, 0.966, 0.966, 0.871, 0.05), TEST_OK),
        "forget_f1 is 9.5 points from the retrained model and the original 9.5",
        "not shown to be less than half");
    // with noise, and mixed: 6.8 and 8.1 points away
    inconclusive(
        judge(row(ATTACK, 0.551, 0.54, 0.515), row(FORGET, 0.966, 0.939, 0.871, 0.05), TEST_OK),
        "forget_f1 is 6.8 points");
    inconclusive(
        judge(row(ATTACK, 0.551, 0.55, 0.515), row(FORGET, 0.966, 0.952, 0.871, 0.05), TEST_OK),
        "forget_f1 is 8.1 points");
  }

  @Test
  void atMostHalfOfTheOriginalsGapMayBeLeft() {
    Row attack = row(ATTACK, 0.60, 0.52, 0.51); // 9 away, 1 left
    assertThat(judge(attack.withHalved(0.95), FORGET_OK, TEST_OK).outcome())
        .isEqualTo(Outcome.FORGOTTEN);
    inconclusive(
        judge(attack.withHalved(0.94), FORGET_OK, TEST_OK),
        "attack_auc is 1.0 points from the retrained model and the original 9.0",
        "on 60 samples that is not shown to be less than half");
    // the forget utility need not be within 5 points for sure, if half of its gap is gone for sure
    assertThat(judge(ATTACK_OK, row(FORGET, 0.99, 0.86, 0.85, 0.06), TEST_OK).outcome())
        .isEqualTo(Outcome.FORGOTTEN);
    inconclusive(
        judge(ATTACK_OK, row(FORGET, 0.99, 0.91, 0.85, 0.06).withHalved(1), TEST_OK), "forget_f1");
  }

  @Test
  void aGapWithoutAnIntervalShowsNothing() {
    Row bare = Row.of(ATTACK, Value.of(0.8, 60), Value.of(0.51, 60), Value.of(0.51, 60));
    inconclusive(judge(bare.withHalved(1), FORGET_OK, TEST_OK), "nothing shows");
  }

  @Test
  void theIntervalOfTheValueStandsInForThatOfTheGap() {
    Value wide = Rows.around(0.52, 0.1);
    inconclusive(
        judge(Row.of(ATTACK, wide, wide, Value.of(0.51, 60)), FORGET_OK, TEST_OK), "well enough");
  }

  @Test
  void withoutHeadroomNothingIsShown() {
    inconclusive(
        judge(row(ATTACK, 0.54, 0.52, 0.51), row(FORGET, 0.87, 0.86, 0.85), TEST_OK),
        "nothing can be shown, as the original passes too",
        "its attack_auc is 3.0 points from the retrained model, its forget_f1 is 2.0 points");
    Row noisyFloor = row(ATTACK, 0.60, 0.52, 0.51).withFloor(0.1);
    inconclusive(judge(noisyFloor, row(FORGET, 0.87, 0.86, 0.85), TEST_OK), "nothing");
    // what was forgotten whole, say a class: the attack sees nothing on the original either
    assertThat(judge(row(ATTACK, 0.51, 0.52, 0.51), FORGET_OK, TEST_OK).outcome())
        .isEqualTo(Outcome.FORGOTTEN);
  }

  @Test
  void theOriginalAndTheRetrainedModelAreKnownByTheirTensors() {
    List<Row> rows = List.of(ATTACK_OK, FORGET_OK, TEST_OK);
    notForgotten(VerdictRule.DEFAULT.judge(rows, new Same(true, false)), "this is the original");
    notForgotten(VerdictRule.DEFAULT.judge(rows, new Same(true, true)), "this is the original");
    inconclusive(
        VerdictRule.DEFAULT.judge(rows, new Same(false, true)), "this is the retrained model");
  }

  @Test
  void anotherAttackWithholdsTheVerdict() {
    Row margin = row(AuditMetrics.auc(new MarginScore()), 0.80, 0.70, 0.51); // 19 +- 3
    inconclusive(
        judge(ATTACK_OK, FORGET_OK, TEST_OK, margin),
        "the attack by loss passes, but attack_margin_auc is 70.0 where the retrained model has 51.0");
    Row tuned =
        row(
            AuditMetrics.after("fine_tuned", "after training", ATTACK),
            0.80,
            0.39,
            0.51); // -12 +- 3
    inconclusive(judge(ATTACK_OK, FORGET_OK, TEST_OK, tuned), "but fine_tuned_attack_auc is 39.0");
    Row unsure = row(AuditMetrics.auc(new MarginScore()), 0.80, 0.61, 0.51); // 10 +- 3 may be 7
    assertThat(judge(ATTACK_OK, FORGET_OK, TEST_OK, unsure).outcome()).isEqualTo(Outcome.FORGOTTEN);
    Row hits = row(AuditMetrics.tpr(new LossScore(), 0.01), 0.8, 0.7, 0.1);
    assertThat(judge(ATTACK_OK, FORGET_OK, TEST_OK, hits).outcome()).isEqualTo(Outcome.FORGOTTEN);
  }

  @Test
  void tooFewSamplesAllowNoVerdict() {
    Row few = Row.of(ATTACK, Value.of(0.9, 29), Value.of(0.9, 29), Value.of(0.5, 29));
    inconclusive(
        judge(few, FORGET_OK, TEST_OK), "compared 29 forgotten samples and a verdict needs 30");
  }

  @Test
  void whatIsMissingAllowsNoVerdict() {
    inconclusive(judge(), "no attack_auc");
    inconclusive(judge(ATTACK_OK, FORGET_OK), "test metric", "missing");
    Row undefined =
        Row.of(FORGET, Value.of(1, 60), Value.undefined("there is nothing", 60), Value.of(0.5, 60));
    inconclusive(judge(ATTACK_OK, undefined, TEST_OK), "forget_f1 is undefined: there is nothing");
    inconclusive(
        judge(Row.of(ATTACK, null, Value.undefined("no forgotten samples", 0), null)),
        "attack_auc is undefined: no forgotten samples");
  }

  @Test
  void withoutARetrainedModelItFindsAndNeverClears() {
    inconclusive(
        judge(row(ATTACK, 0.80, 0.52, null)),
        "without a retrained model nothing shows what forgetting would look like",
        "on 60 forgotten samples, gives an AUC of 52.0 (49.0 to 55.0), where guessing gives 50",
        "on the original 80.0");
    inconclusive(
        judge(Row.of(ATTACK, null, Rows.around(0.5, 0.04), null)),
        "without the original nobody knows what there was to find");
    inconclusive(judge(row(ATTACK, 0.80, 0.60, null)), "60.0 (57.0 to 63.0)"); // may be 7 above
    notForgotten(judge(row(ATTACK, 0.80, 0.62, null)), "12.0 points above guessing", "remembered");
    notForgotten(judge(row(ATTACK, 0.80, 0.30, null)), "20.0 points below", "over-forgetting");
  }

  @Test
  void thresholdsAreAboveZero() {
    assertThatThrownBy(() -> new VerdictRule(5, 0, 5, 8, 10)).hasMessageContaining("above 0");
    assertThatThrownBy(() -> new VerdictRule(5, 6, 5, 8, 10)).hasMessageContaining("within");
  }
}
