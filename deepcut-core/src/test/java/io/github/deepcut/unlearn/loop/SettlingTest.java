package io.github.deepcut.unlearn.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.deepcut.TinyModels;
import io.github.deepcut.TinyPictures;
import io.github.deepcut.data.Picture;
import io.github.deepcut.model.Classifier;
import io.github.deepcut.run.Checkpoint;
import io.github.deepcut.run.Run;
import io.github.deepcut.unlearn.StopRule;
import io.github.deepcut.unlearn.TwoWeights;
import io.github.deepcut.unlearn.UnlearningData;
import io.github.deepcut.unlearn.UnlearningMethod.Unlearned;
import io.github.deepcut.unlearn.baseline.ContrastiveUnlearning;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A rule that is asked within the pass. */
class SettlingTest {
  @TempDir Path folder;

  /** Is asked after every second step; what it says is "enough" from step {@code enough} on. */
  private static final class Within implements StopRule {
    private final int enough;
    private final boolean within;
    private final List<Long> asked = new ArrayList<>();
    private long steps;

    Within(int enough, boolean within) {
      this.enough = enough;
      this.within = within;
    }

    Within(int enough) {
      this(enough, false);
    }

    @Override
    public boolean within() {
      return within;
    }

    @Override
    public boolean asks(long now) {
      asked.add(now);
      steps = now;
      return now % 2 == 0;
    }

    @Override
    public Judgement judge(Classifier model, int pass) {
      boolean stop = pass > 0 && (steps == 0 || steps >= enough); // 0: gone on while it settles
      return new Judgement(stop ? 0 : 1, stop, "enough");
    }
  }

  /** D_f is class 0 whole: eight pictures, so four batches of two, each twice. */
  private static final List<Picture> ALL =
      List.copyOf(TinyPictures.pictures(90, 3, 1).stream().map(Picture.class::cast).toList());

  private static UnlearningData sets() {
    return new UnlearningData(
        ALL.stream().filter(p -> p.labels()[0] == 0).limit(8).toList(),
        ALL.stream().filter(p -> p.labels()[0] != 0).toList(),
        List.of(),
        1e-3);
  }

  private static ContrastiveUnlearning method(int minSteps, boolean decay) {
    OptimizerSettings sgd =
        new OptimizerSettings(OptimizerSettings.Kind.SGD, 0.01, 1, 0.9, 0, 10, decay, 1, 2);
    return new ContrastiveUnlearning(5, 5, 0.7, 2, minSteps, false, sgd);
  }

  private static Unlearned unlearn(Classifier model, boolean decay, Within rule, Run run) {
    return method(0, decay).unlearn(model, sets(), rule, run);
  }

  private static Classifier fresh() {
    return TinyPictures.classifier(List.of("a", "b", "c"), 1);
  }

  @Test
  void itGoesOnToTheEndOfThePassWhereTheRateFalls() {
    Classifier model = fresh();
    Within rule = new Within(4);
    Unlearned how = unlearn(model, true, rule, Run.of(1));
    assertThat(how.steps()).isEqualTo(8);
    assertThat(how.stoppedBy()).isEqualTo("enough");
    assertThat(rule.asked).containsExactly(1L, 2L, 3L, 4L); // then it has said enough
  }

  @Test
  void itStopsAtOnceWhereTheRateIsConstant() {
    Unlearned how = unlearn(fresh(), false, new Within(4), Run.of(1));
    assertThat(how.steps()).isEqualTo(4);
    assertThat(how.stoppedBy()).isEqualTo("enough");
  }

  @Test
  void withoutAStopThePassEndsIt() {
    Unlearned how = unlearn(fresh(), true, new Within(99), Run.of(1));
    assertThat(how.steps()).isEqualTo(8);
    assertThat(how.stoppedBy()).isEqualTo("passes");
  }

  /**
   * A loss of the sum of w has the gradient 1, so w falls by the sum of the rates: of eight steps
   * at .1 in .025, .05, .075, .1 while the rate rises, then .1, .075, .05, .025.
   */
  @Test
  void theRateRisesUntilTheRuleIsContentAndFalls() {
    var model = TwoWeights.of(0, 0);
    List<Picture> four = ALL.subList(0, 4);
    OptimizerSettings sgd =
        new OptimizerSettings(OptimizerSettings.Kind.SGD, 0.1, 1, 0, 0, 0, true, 1, 1);
    var loop =
        new Loop(
            sgd, BatchPlan.forgotten(1, 2), model, new UnlearningData(four, four, List.of(), 1));
    Unlearned how =
        loop.run(new Within(4, true), Run.of(1), step -> model.weights().get("w").sum());
    assertThat(how.steps()).isEqualTo(8);
    assertThat(model.values()[0]).isCloseTo(-0.5, within(1e-6));
    assertThat(model.values()[1]).isCloseTo(-0.5, within(1e-6));
  }

  /** Four batches: 13 steps are 4 for each of them, since 3 would be 12. */
  @Test
  void aPassOverFewSamplesHasItsLeastSteps() {
    Unlearned how = method(13, true).unlearn(fresh(), sets(), new Within(99), Run.of(1));
    assertThat(how.steps()).isEqualTo(16);
  }

  private static final class CutOff extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  private Run run(boolean resume, InstantSource clock) {
    Path file = folder.resolve("state.safetensors");
    return Run.of(1).with(new Checkpoint(file, Duration.ZERO, resume, clock, () -> "x"));
  }

  /** Cut off after as many looks at the clock: before, at and after the fourth step, and late. */
  @ParameterizedTest
  @ValueSource(ints = {3, 6, 9, 12, 15})
  void goesOnAsIfNothingHadBeen(int looks) {
    int whole = settled(Run.of(1));
    int[] left = {looks};
    InstantSource clock =
        () -> {
          if (--left[0] < 0) {
            throw new CutOff();
          }
          return Instant.now();
        };
    assertThatThrownBy(() -> settled(run(false, clock))).isInstanceOf(CutOff.class);
    assertThat(settled(run(true, InstantSource.system()))).isEqualTo(whole);
  }

  private static int settled(Run run) {
    Classifier model = fresh();
    unlearn(model, true, new Within(4, true), run);
    return TinyModels.bits(model.weights());
  }
}
