package io.github.deepcut.unlearn.deepcut.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.deepcut.data.Sequence;
import io.github.deepcut.model.Prediction;
import io.github.deepcut.unlearn.SiblingLosses;
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

  private static double[][] said(double... logLosses) {
    double[][] out = new double[logLosses.length][1];
    for (int s = 0; s < out.length; s++) {
      out[s][0] = Math.exp(logLosses[s]) - EPSILON;
    }
    return out;
  }

  /** With items of label 0. */
  private static Sequence row(int example, int... words) {
    int[] zeros = new int[words.length];
    return new Sequence(example, new int[] {2, 5, 3}, new int[3], zeros, words, zeros);
  }

  private static double target(SiblingLosses siblings, List<Prediction> own) {
    Prediction[][] rows =
        IntStream.range(0, own.size())
            .mapToObj(
                i -> new Prediction[] {new Prediction(i, 0, 0, own.get(i).logProbabilities())})
            .toArray(Prediction[][]::new);
    return SiblingTargets.of(siblings, List.of(row(0, 0)), rows, label -> false).logLosses()[0][0];
  }

  /** A sentence of three words in two rows, and one of a word. */
  @Test
  void aSentenceMayHaveSeveralRows() {
    double[][] three = {{Math.exp(-1), Math.exp(-2), Math.exp(-3)}};
    SiblingLosses siblings =
        new SiblingLosses(List.of(three, new double[][] {{Math.exp(-4)}}), List.of(), true);
    List<Sequence> rows = List.of(row(0, 0, 1), row(0, 2), row(1, 0));
    double[][] targets =
        SiblingTargets.of(siblings, rows, new Prediction[0][], label -> false).logLosses();
    assertThat(targets).hasNumberOfRows(3);
    assertThat(targets[0][1]).isCloseTo(-2, within(.01));
    assertThat(targets[1][0]).isCloseTo(-3, within(.03));
    assertThat(targets[2][0]).isCloseTo(-4, within(.06));
  }

  @Test
  void withoutHeldOutRowsItIsTheMeanOfWhatSiblingsSay() {
    SiblingLosses siblings = new SiblingLosses(List.<double[][]>of(said(-1, -2)), List.of(), true);
    assertThat(target(siblings, List.of())).isCloseTo(-1.5, within(1e-9));
  }

  /** Of held-out rows the model says .2 + .8 x where a sibling says x. */
  @Test
  void whatSiblingsSayIsMappedAsOfHeldOutRows() {
    double[] x = new SplittableRandom(1).doubles(200, -5, 1).toArray();
    SiblingLosses siblings =
        new SiblingLosses(
            List.<double[][]>of(said(-3)),
            List.of(IntStream.range(0, 200).mapToObj(i -> said(x[i])).toList()),
            true);
    List<Prediction> own = IntStream.range(0, 200).mapToObj(i -> says(.2 + .8 * x[i])).toList();
    assertThat(target(siblings, own)).isCloseTo(.2 - .8 * 3, within(1e-4));
  }

  /**
   * What two siblings agree on varies less than what a model says, 1.5 for 2: targets that are
   * spread as a model's losses are have to be further from the mean.
   */
  @Test
  void targetsAreSpreadAsTheModelsOwnLosses() {
    SplittableRandom random = new SplittableRandom(1);
    int n = 20_000;
    double[] hard = IntStream.range(0, n).mapToDouble(i -> -3 + random.nextGaussian()).toArray();
    List<Prediction> own =
        IntStream.range(0, n).mapToObj(i -> says(hard[i] + random.nextGaussian())).toList();
    List<double[][]> heldOut =
        IntStream.range(0, n)
            .mapToObj(i -> said(hard[i] + random.nextGaussian(), hard[i] + random.nextGaussian()))
            .toList();
    SiblingLosses siblings =
        new SiblingLosses(List.<double[][]>of(said(-1, -1)), List.of(heldOut), true);
    assertThat(target(siblings, own)).isCloseTo(-3 + 2 * Math.sqrt(2 / 1.5), within(.1));
  }

  /** Rows that the siblings were not asked about have no say. */
  @Test
  void fewRowsAreNoGuide() {
    List<double[][]> one =
        IntStream.range(0, 200).mapToObj(i -> i < 49 ? said(0) : said()).toList();
    SiblingLosses siblings = new SiblingLosses(List.<double[][]>of(said(-1)), List.of(one), true);
    List<Prediction> own = IntStream.range(0, 200).mapToObj(i -> says(-4)).toList();
    assertThat(target(siblings, own)).isCloseTo(-1, within(1e-9));
  }
}
