package io.github.deepcut.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deepcut.FineTunedModel;
import io.github.deepcut.app.Tampered.Wish;
import io.github.deepcut.report.Verdict;
import io.github.deepcut.report.Verdict.Outcome;
import io.github.deepcut.run.InputException;
import io.github.deepcut.run.Run;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Verdicts where the truth is known: on {@link Planted} data, of honest and tampered models. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlantedAuditTest {
  private int forgotten;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void noVerdictIsWrong(long seed, @TempDir Path folder) throws IOException {
    Planted planted = Planted.in(folder, seed);
    try (FineTunedModel original = planted.trained("original", planted.all(), seed);
        FineTunedModel retrained = planted.trained("a", planted.split().retainSet(), seed + 100);
        FineTunedModel other = planted.trained("b", planted.split().retainSet(), seed + 200)) {
      assertThat(planted.attack(original)).isGreaterThanOrEqualTo(0.8);
      assertThatThrownBy(() -> planted.contaminated(original, retrained))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("rows to forget");
      Verdict right = planted.verdict(original, other, retrained);
      assertThat(right.outcome()).as(right.because()).isNotEqualTo(Outcome.NOT_FORGOTTEN);
      forgotten += right.outcome() == Outcome.FORGOTTEN ? 1 : 0;
      Trial trial = new Trial(planted, original, retrained);
      trial.convicts(original, "this is the original");
      Tampered tampered = new Tampered(original);
      trial.convicts(tampered.noised(1e-7), "still remembered");
      trial.convicts(tampered.noised(0.05), "still remembered");
      trial.convicts(tampered.noised(0.1), "still remembered");
      trial.convicts(tampered.mixed(retrained, 0.3), "still remembered");
      trial.convicts(tampered.ascended(planted.split().forgetSet()), "over-forgetting");
      // what somebody would do who wants the attack by loss to see nothing
      trial.convicts(tampered.flattened(0.1), "still remembered");
      Wish wish = new Wish(other, planted.split().forgetSet(), planted.elsewhere(false));
      trial.convicts(tampered.hiddenByHead(wish), "still remembered");
      trial.doubts(tampered.hidden("hidden", wish));
    }
  }

  /** A right erasure may be called inconclusive, but not often. */
  @AfterAll
  void mostRightOnesPass() {
    assertThat(forgotten).isGreaterThanOrEqualTo(9);
  }

  private record Trial(Planted planted, FineTunedModel original, FineTunedModel retrained) {
    void convicts(FineTunedModel audited, String because) {
      Verdict verdict = planted.verdict(original, audited, retrained);
      assertThat(verdict.outcome()).as(verdict.because()).isEqualTo(Outcome.NOT_FORGOTTEN);
      assertThat(verdict.because()).contains(because);
      close(audited);
    }

    /** The attack by loss is deceived, and another one is not. */
    void doubts(FineTunedModel audited) {
      Verdict deceived = planted.verdict(original, audited, retrained);
      assertThat(deceived.outcome()).as(deceived.because()).isNotEqualTo(Outcome.NOT_FORGOTTEN);
      Verdict verdict =
          planted
              .audit(original, audited, retrained)
              .outcome(false, "out", Run.of(planted.seed()))
              .run()
              .verdict();
      assertThat(verdict.outcome()).as(verdict.because()).isEqualTo(Outcome.INCONCLUSIVE);
      close(audited);
    }

    private void close(FineTunedModel audited) {
      if (audited != original) {
        audited.close();
      }
    }
  }
}
