package io.github.deepcut.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deepcut.FineTunedModel;
import io.github.deepcut.app.Tampered.Wish;
import io.github.deepcut.audit.Answers;
import io.github.deepcut.report.ThreeModels;
import io.github.deepcut.report.Verdict;
import io.github.deepcut.report.Verdict.Outcome;
import io.github.deepcut.run.InputException;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Verdicts where the truth is known: on {@link Planted} data, of honest and tampered models. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlantedAuditTest {
  private int forgotten;
  private int deceptions;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void noVerdictIsWrong(long seed, @TempDir Path folder, TestReporter reporter) throws IOException {
    Planted planted = Planted.in(folder, seed);
    try (FineTunedModel original = planted.trained("original", planted.all(), seed);
        FineTunedModel retrained = planted.trained("a", planted.split().retainSet(), seed + 100);
        FineTunedModel other = planted.trained("b", planted.split().retainSet(), seed + 200)) {
      assertThatThrownBy(() -> planted.contaminated(original, retrained))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("rows to forget");
      Answers before = planted.answers(original);
      assertThat(before.attack().auc().number().orElseThrow()).isGreaterThanOrEqualTo(0.8);
      Trial trial = new Trial(planted, before, planted.answers(retrained));
      Verdict right = planted.audited(original, other, retrained);
      reporter.publishEntry("right", right.toString());
      assertThat(right.outcome()).as(right.because()).isNotEqualTo(Outcome.NOT_FORGOTTEN);
      forgotten += right.outcome() == Outcome.FORGOTTEN ? 1 : 0;
      trial.convicts(original, "still remembered");
      Tampered tampered = new Tampered(original);
      trial.convicts(tampered.noised(0.05), "still remembered");
      trial.convicts(tampered.noised(0.1), "still remembered");
      trial.convicts(tampered.mixed(retrained, 0.3), "still remembered");
      trial.convicts(tampered.ascended(planted.split().forgetSet()), "over-forgetting");
      // what somebody would do who wants the attack by loss to see nothing
      trial.convicts(tampered.flattened(0.1), "still remembered");
      Wish wish = new Wish(other, planted.split().forgetSet(), planted.elsewhere(false));
      trial.convicts(tampered.hiddenByHead(wish), "still remembered");
      FineTunedModel hidden = tampered.hidden("hidden", wish);
      Verdict deceived = trial.verdict(hidden);
      Verdict seen = planted.audited(original, hidden, retrained);
      reporter.publishEntry("hidden, by loss", deceived.toString());
      reporter.publishEntry("hidden", seen.toString());
      assertThat(seen.outcome()).as(seen.because()).isEqualTo(Outcome.INCONCLUSIVE);
      if (deceived.outcome() == Outcome.FORGOTTEN) {
        deceptions++;
        assertThat(seen.because()).contains("the attack by loss passes, but");
      }
      if (seed == 1) { // slow
        assertThat(planted.knows(retrained)).isBetween(0.4, 0.6);
        FineTunedModel lookup =
            tampered.hidden(
                "lookup", new Wish(other, planted.split().forgetSet(), planted.elsewhere(true)));
        assertThat(planted.knows(lookup)).isGreaterThan(0.6);
        Verdict verdict = planted.audited(original, lookup, retrained);
        assertThat(verdict.outcome()).as(verdict.because()).isNotEqualTo(Outcome.FORGOTTEN);
      }
    }
  }

  /** A right erasure may be called inconclusive, but not often; and losses alone are deceived. */
  @AfterAll
  void mostRightOnesPass() {
    assertThat(forgotten).isGreaterThanOrEqualTo(8);
    assertThat(deceptions).isGreaterThanOrEqualTo(5);
  }

  private record Trial(Planted planted, Answers original, Answers retrained) {
    Verdict verdict(FineTunedModel audited) {
      return planted.verdict(new ThreeModels<>(original, planted.answers(audited), retrained));
    }

    void convicts(FineTunedModel audited, String because) {
      Verdict verdict = verdict(audited);
      assertThat(verdict.outcome()).as(verdict.because()).isEqualTo(Outcome.NOT_FORGOTTEN);
      assertThat(verdict.because()).contains(because);
    }
  }
}
