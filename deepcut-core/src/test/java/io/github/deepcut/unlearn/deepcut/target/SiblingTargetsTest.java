package io.github.deepcut.unlearn.deepcut.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.deepcut.data.Sequence;
import io.github.deepcut.model.Prediction;
import io.github.deepcut.unlearn.SiblingLosses;
import io.github.deepcut.unlearn.SiblingLosses.Sibling;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SiblingTargetsTest {
  private static final double EPSILON = TargetLosses.EPSILON;

  /** Of an item of label 0 with a log loss, ε added. */
  private static Prediction says(double logLoss) {
    float loss = (float) (Math.exp(logLoss) - EPSILON);
    return new Prediction(0, 0, 0, new float[] {-loss, -1});
  }

  /** One that says something of held-out examples of an item each, and of the one of D_f. */
  private static Sibling sibling(double forget, double... heldOut) {
    return new Sibling(
        new double[][] {losses(forget)},
        Arrays.stream(heldOut).mapToObj(SiblingTargetsTest::losses).toArray(double[][]::new));
  }

  private static double[] losses(double... logLosses) {
    return Arrays.stream(logLosses).map(l -> Math.exp(l) - EPSILON).toArray();
  }

  /** With items of label 0. */
  private static Sequence row(int example, int... words) {
    int[] zeros = new int[words.length];
    return new Sequence(example, new int[] {2, 5, 3}, new int[3], zeros, words, zeros);
  }

  private static double target(List<Prediction> own, Sibling... siblings) {
    return targets(List.of(row(0, 0)), rows(own), siblings)[0][0];
  }

  private static Prediction[][] rows(List<Prediction> own) {
    return IntStream.range(0, own.size())
        .mapToObj(i -> new Prediction[] {new Prediction(i, 0, 0, own.get(i).logProbabilities())})
        .toArray(Prediction[][]::new);
  }

  private static double[][] targets(
      List<Sequence> forget, Prediction[][] own, Sibling... siblings) {
    var losses = new SiblingLosses(List.of(siblings), true);
    return SiblingTargets.of(losses, forget, own, label -> false).logLosses();
  }

  /** A sentence of three words in two rows, and one of a word. */
  @Test
  void aSentenceMayHaveSeveralRows() {
    double[][] forget = {losses(-1, -2, -3), losses(-4)};
    double[][] targets =
        targets(
            List.of(row(0, 0, 1), row(0, 2), row(1, 0)),
            new Prediction[0][],
            new Sibling(forget, new double[0][]));
    assertThat(targets).hasNumberOfRows(3);
    assertThat(targets[0][1]).isCloseTo(-2, within(1e-9));
    assertThat(targets[1][0]).isCloseTo(-3, within(1e-9));
    assertThat(targets[2][0]).isCloseTo(-4, within(1e-9));
  }

  @Test
  void withoutHeldOutRowsItIsTheMeanOfWhatSiblingsSay() {
    assertThat(target(List.of(), sibling(-1), sibling(-2))).isCloseTo(-1.5, within(1e-9));
  }

  /** Of held-out rows the model says .2 + .8 x where a sibling says x. */
  @Test
  void whatSiblingsSayIsMappedAsOfHeldOutRows() {
    double[] x = new SplittableRandom(1).doubles(200, -5, 1).toArray();
    List<Prediction> own = Arrays.stream(x).mapToObj(v -> says(.2 + .8 * v)).toList();
    assertThat(target(own, sibling(-3, x))).isCloseTo(.2 - .8 * 3, within(1e-4));
  }

  /**
   * One is sure at -9, the other at -6, the model at -7: what they say of their rows is the same.
   */
  @Test
  void eachSiblingHasAMapOfItsOwn() {
    double[] sure = new SplittableRandom(1).doubles(200, -1, 1).toArray();
    List<Prediction> own = Arrays.stream(sure).mapToObj(v -> says(v - 7)).toList();
    Sibling low = sibling(-9, Arrays.stream(sure).map(v -> v - 9).toArray());
    Sibling high = sibling(-6, Arrays.stream(sure).map(v -> v - 6).toArray());
    Sibling lowOnly = new Sibling(new double[][] {low.forget()[0], {}}, low.heldOut());
    Sibling highOnly = new Sibling(new double[][] {{}, high.forget()[0]}, high.heldOut());
    double[][] targets = targets(List.of(row(0, 0), row(1, 0)), rows(own), lowOnly, highOnly);
    assertThat(targets[0][0]).isCloseTo(-7, within(1e-4));
    assertThat(targets[1][0]).isCloseTo(-7, within(1e-4));
  }

  /**
   * What two siblings agree on varies less than what a model says, 1.5 for 2: targets that are
   * spread as a model's losses are have to be further from the mean.
   */
  @Test
  void targetsAreSpreadAsTheModelsOwnLosses() {
    SplittableRandom random = new SplittableRandom(1);
    double[] hard = around(new double[20_000], random);
    List<Prediction> own = Arrays.stream(around(hard, random)).mapToObj(v -> says(v - 3)).toList();
    Sibling one = sibling(-1, Arrays.stream(around(hard, random)).map(v -> v - 3).toArray());
    Sibling other = sibling(-1, Arrays.stream(around(hard, random)).map(v -> v - 3).toArray());
    assertThat(target(own, one, other)).isCloseTo(-3 + 2 * Math.sqrt(2 / 1.5), within(.1));
  }

  private static double[] around(double[] means, SplittableRandom random) {
    return Arrays.stream(means).map(m -> m + random.nextGaussian()).toArray();
  }

  /** Rows that the siblings were not asked about have no say. */
  @Test
  void fewRowsAreNoGuide() {
    double[][] heldOut =
        IntStream.range(0, 200)
            .mapToObj(i -> i < 49 ? losses(0) : new double[0])
            .toArray(double[][]::new);
    List<Prediction> own = IntStream.range(0, 200).mapToObj(i -> says(-4)).toList();
    assertThat(target(own, new Sibling(new double[][] {losses(-1)}, heldOut)))
        .isCloseTo(-1, within(1e-9));
  }
}
