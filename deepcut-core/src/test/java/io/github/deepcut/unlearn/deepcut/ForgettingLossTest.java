package io.github.deepcut.unlearn.deepcut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.deepcut.data.Task;
import io.github.deepcut.unlearn.loop.Classes;
import io.github.deepcut.unlearn.loop.ItemValues;
import java.util.List;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class ForgettingLossTest {
  /** Two forgotten items, then four retained ones, of classes a and b. */
  private static final int[] LABELS = {0, 1, 0, 1, 0, 1};

  private static double loss(float... push) {
    Classes classes = new Classes(List.of("a", "b"), false, true);
    try (var scope = new PointerScope()) {
      Tensor items =
          Tensor.create(new float[] {1, 0, 0, 1, .9f, .1f, .2f, .8f, .6f, .4f, .1f, .9f}, 6, 2);
      return new ForgettingLoss(Forgetting.defaults(Task.CLASSIFY), classes)
          .of(
              items,
              LABELS,
              new ItemValues(new float[][] {{push[0]}, {push[1]}}),
              new SplittableRandom(1))
          .item_double();
    }
  }

  @Test
  void itIsAMeanWeightedByThePushes() {
    assertThat(loss(.5f, .5f)).isCloseTo(loss(1, 1), within(1e-6));
    double both = (loss(1, 0) + 3 * loss(0, 1)) / 4;
    assertThat(loss(.25f, .75f)).isCloseTo(both, within(1e-6)).isGreaterThan(0);
  }

  @Test
  void aPullIsTheLossWithTheSidesExchanged() {
    assertThat(loss(-1, 0)).isNotCloseTo(loss(1, 0), within(0.1));
    double both = (loss(1, 0) + loss(0, -1)) / 2;
    assertThat(loss(.3f, -.3f)).isCloseTo(both, within(1e-6));
  }

  @Test
  void faintPushesFadeOut() {
    assertThat(loss(.02f, 0)).isCloseTo(loss(1, 0) / 2, within(1e-6)); // .01 on the mean, of .02
    assertThat(loss(0, 0)).isZero();
  }

  @Test
  void theCrossEntropyOfTheAnchorsIsWeightedAlike() {
    Classes classes = new Classes(List.of("a", "b"), false, true);
    try (var scope = new PointerScope()) {
      Tensor logits = Tensor.create(new float[] {2, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0}, 6, 2);
      double loss =
          new ForgettingLoss(Forgetting.defaults(Task.NER), classes)
              .crossEntropy(logits, LABELS, new ItemValues(new float[][] {{3}, {-1}}))
              .item_double();
      // CE of the first ln(1 + e^-2), pushed; of the second ln 2, pulled back
      assertThat(loss).isCloseTo((3 * Math.log1p(Math.exp(-2)) - Math.log(2)) / 4, within(1e-6));
    }
  }
}
