package io.github.deepcut.unlearn.deepcut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.deepcut.data.Task;
import io.github.deepcut.tensor.Tensors;
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
  void itIsTheMeanOfAllAnchorsWeightedByThePushes() {
    assertThat(loss(.5f, .5f)).isCloseTo(loss(1, 1) / 2, within(1e-6));
    double both = .25 * loss(1, 0) + .75 * loss(0, 1);
    assertThat(loss(.25f, .75f)).isCloseTo(both, within(1e-6)).isGreaterThan(0);
    assertThat(loss(0, 0)).isZero();
  }

  @Test
  void aPullIsTheLossWithTheSidesExchanged() {
    assertThat(loss(-1, 0)).isNotCloseTo(loss(1, 0), within(0.1));
    double both = .3 * (loss(1, 0) + loss(0, -1));
    assertThat(loss(.3f, -.3f)).isCloseTo(both, within(1e-6));
  }

  @Test
  void theLogLossesOfTheAnchorsAreWeightedAlike() {
    Classes classes = new Classes(List.of("a", "b"), false, true);
    try (var scope = new PointerScope()) {
      Tensor logits = Tensor.create(new float[] {2, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0}, 6, 2);
      double loss =
          new ForgettingLoss(Forgetting.defaults(Task.NER), classes)
              .logLosses(logits, LABELS, new ItemValues(new float[][] {{1}, {-.5f}}))
              .item_double();
      // CE of the first ln(1 + e^-2), pushed; of the second ln 2, pulled back
      double first = Math.log(Math.log1p(Math.exp(-2)) + 1e-5);
      double second = Math.log(Math.log(2) + 1e-5);
      assertThat(loss).isCloseTo((first - .5 * second) / 2, within(1e-5));
    }
  }

  /** The gradient of a log loss does not vanish with the loss: dlog CE/dz = -(1 - p)/CE -> -1. */
  @Test
  void whatIsNearlySureIsMovedAsMuchAsWhatIsNot() {
    Classes classes = new Classes(List.of("a", "b"), false, true);
    try (var scope = new PointerScope()) {
      for (float z : new float[] {1, 4, 7}) {
        Tensor logits = Tensor.create(new float[] {z, 0, 0, 0}, 2, 2).requires_grad_(true);
        new ForgettingLoss(Forgetting.defaults(Task.NER), classes)
            .logLosses(logits, new int[] {0, 1}, new ItemValues(new float[][] {{1}}))
            .backward();
        double ce = Math.log1p(Math.exp(-z));
        double expected = -(1 - Math.exp(-ce)) / (ce + 1e-5);
        assertThat(Tensors.floats(logits.grad())[0])
            .isCloseTo((float) expected, within(1e-3f))
            .isLessThan(-.8f);
      }
    }
  }
}
