package io.github.deepcut.unlearn.deepcut.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.deepcut.data.Input;
import io.github.deepcut.model.Prediction;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RakingTest {
  /** Two levels a measure: below one half, and not. */
  private static DifficultyModel novice(boolean byClass) {
    return new DifficultyModel() {
      @Override
      public double[][] ease(List<? extends Input> rows) {
        throw new UnsupportedOperationException();
      }

      @Override
      public double[] edges(double[] forgotten) {
        return new double[] {.5};
      }

      @Override
      public boolean matchesClasses() {
        return byClass;
      }
    };
  }

  private static RankedItems items(int[] labels, double[]... ease) {
    Prediction[] said = new Prediction[labels.length];
    Arrays.setAll(said, i -> new Prediction(0, 0, labels[i], new float[] {-.7f, -.7f}));
    return new RankedItems(said, ease);
  }

  private static double[] weights(
      DifficultyModel novice, RankedItems forgotten, RankedItems unseen) {
    int[] group = IntStream.range(0, forgotten.size()).toArray();
    int[] like = IntStream.range(0, unseen.size()).toArray();
    return new Raking(novice, forgotten, group, unseen, like).weights();
  }

  private static double share(double[] weights, double[] measure) {
    double above =
        IntStream.range(0, weights.length)
            .filter(i -> measure[i] >= .5)
            .mapToDouble(i -> weights[i])
            .sum();
    return above / Arrays.stream(weights).sum();
  }

  @Test
  void rakingFitsEveryMeasureAtOnceThoughTheyDependOnEachOther() {
    SplittableRandom random = new SplittableRandom(3);
    double[] first = random.doubles(400).toArray();
    double[] second = Arrays.stream(first).map(x -> .6 * x + .4 * random.nextDouble()).toArray();
    double[] wantFirst = {.9, .9, .9, .1}; // three quarters above one half
    double[] wantSecond = {.9, .1, .1, .1}; // one quarter
    double[] weights =
        weights(
            novice(false),
            items(new int[4], wantFirst, wantSecond),
            items(new int[400], first, second));
    assertThat(share(weights, first)).isCloseTo(.75, within(1e-6));
    assertThat(share(weights, second)).isCloseTo(.25, within(1e-6));
  }

  @Test
  void classesAndLevelsAreMatchedEachByItsOwnShare() {
    RankedItems forgotten = items(new int[] {0, 0, 0, 1}, new double[] {.9, .9, .1, .9});
    RankedItems unseen = items(new int[] {0, 0, 1, 1}, new double[] {.9, .1, .9, .1});
    // of class 0 three quarters are wanted and half are there, of the higher level likewise
    assertThat(weights(novice(true), forgotten, unseen))
        .containsExactly(new double[] {2.25, .75, .75, .25}, within(1e-12));
  }

  @Test
  void withoutALevelInCommonTheClassesAloneAreMatched() {
    RankedItems forgotten = items(new int[] {0, 0}, new double[] {.9, .9});
    RankedItems unseen = items(new int[] {0, 1}, new double[] {.1, .1});
    assertThat(weights(novice(true), forgotten, unseen)).containsExactly(2, 0);
    assertThat(weights(novice(false), forgotten, unseen)).containsExactly(1, 1);
  }
}
