package io.github.deepcut.report;

import static io.github.deepcut.report.Rows.ATTACK;
import static io.github.deepcut.report.Rows.FORGET;
import static io.github.deepcut.report.Rows.TEST;
import static io.github.deepcut.report.Rows.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deepcut.audit.Value;
import io.github.deepcut.report.Verdict.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictRuleTest {
  private static final Row ATTACK_OK = row(ATTACK, 0.80, 0.52, 0.51);
  private static final Row FORGET_OK = row(FORGET, 0.99, 0.86, 0.85);
  private static final Row TEST_OK = row(TEST, 0.91, 0.90, 0.90, 0.01);

  private static Verdict judge(Row... rows) {
    return VerdictRule.DEFAULT.judge(List.of(rows));
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
                "attack_auc is within 8.0 points of the retrained model (1.0), "
                    + "forget_f1 is within 5.0 points of the retrained model (1.0), "
                    + "test_f1 is within 3.0 points of the retrained model (0.0)"));
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
  void noiseConvictsNobody() {
    // 10 +- 11 holds 0; 10 +- 9 does not
    inconclusive(judge(row(ATTACK, 0.80, 0.61, 0.51, 0.11), FORGET_OK, TEST_OK), "attack_auc");
    notForgotten(judge(row(ATTACK, 0.80, 0.61, 0.51, 0.09), FORGET_OK, TEST_OK), "10.0 points");
    // a utility has to be significantly beyond its threshold: 7 +- 3 may be 4, 10 +- 3 may not
    assertThat(judge(ATTACK_OK, row(FORGET, 0.99, 0.92, 0.85, 0.03), TEST_OK).outcome())
        .isEqualTo(Outcome.FORGOTTEN);
    notForgotten(judge(ATTACK_OK, row(FORGET, 0.99, 0.95, 0.85, 0.03), TEST_OK), "forget_f1");
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
        "nothing can be shown",
        "its attack_auc is 3.0 points from the retrained model");
    Row noisyFloor = row(ATTACK, 0.60, 0.52, 0.51).withFloor(0.1);
    inconclusive(judge(noisyFloor, row(FORGET, 0.87, 0.86, 0.85), TEST_OK), "nothing");
    assertThat(judge(noisyFloor, FORGET_OK, TEST_OK).outcome()).isEqualTo(Outcome.FORGOTTEN);
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
  void withoutARetrainedModelTheAttackDecides() {
    assertThat(judge(row(ATTACK, 0.80, 0.52, null)))
        .isEqualTo(
            new Verdict(
                Outcome.FORGOTTEN,
                "attack_auc is within 8.0 points of an attack that guesses (2.0)"));
    notForgotten(judge(row(ATTACK, 0.80, 0.60, null)), "10.0 points above", "still remembered");
    notForgotten(judge(row(ATTACK, 0.80, 0.30, null)), "20.0 points below", "over-forgetting");
    inconclusive(judge(row(ATTACK, 0.80, 0.52, null, 0.09)), "well enough");
    inconclusive(judge(row(ATTACK, 0.53, 0.52, null)), "nothing can be shown");
    assertThat(judge(Row.of(ATTACK, null, Rows.around(0.5, 0.04), null)).outcome())
        .isEqualTo(Outcome.FORGOTTEN);
  }

  @Test
  void thresholdsAreAboveZero() {
    assertThatThrownBy(() -> new VerdictRule(5, 0, 5, 10)).hasMessageContaining("above 0");
  }
}
