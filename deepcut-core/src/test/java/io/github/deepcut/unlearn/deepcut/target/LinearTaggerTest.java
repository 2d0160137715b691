package io.github.deepcut.unlearn.deepcut.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.deepcut.data.Sequence;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LinearTaggerTest {
  private static final int NAME = 30;
  private static final int DOCTOR = 10;
  private static final int STREET = 11;

  /** Tokens between 2 and 3, each a word of its own. */
  private static Sequence tagged(int[] tokens, int... labels) {
    int n = tokens.length;
    int[] ids = new int[n + 2];
    ids[0] = 2;
    System.arraycopy(tokens, 0, ids, 1, n);
    ids[n + 1] = 3;
    int[] positions = IntStream.rangeClosed(1, n).toArray();
    return new Sequence(0, ids, new int[n + 2], positions, IntStream.range(0, n).toArray(), labels);
  }

  /** Before a street the name is tagged 1, after a doctor 2, all else 0. */
  private static List<Sequence> corpus() {
    return IntStream.range(0, 60)
        .mapToObj(
            i ->
                i % 2 == 0
                    ? tagged(new int[] {40 + i, DOCTOR, NAME, 50}, 0, 0, 2, 0)
                    : tagged(new int[] {40 + i, NAME, STREET, 50}, 0, 1, 0, 0))
        .toList();
  }

  private static LinearTagger tagger(List<Sequence> rows, long seed) {
    return new LinearTagger(rows, 3, new SplittableRandom(seed));
  }

  /** A measure of the words of {@code asked}, by a tagger of the corpus. */
  private static double[] ease(int measure, Sequence... asked) {
    return tagger(corpus(), 1).ease(List.of(asked))[measure];
  }

  @Test
  void aWordTaggedAsInLikeContextsIsEasyAndAnotherTagIsNot() {
    int[] afterDoctor = {200, DOCTOR, NAME, 50};
    double right = ease(0, tagged(afterDoctor, 0, 0, 2, 0))[2];
    double wrong = ease(0, tagged(afterDoctor, 0, 0, 1, 0))[2];
    // a loss of at most .1, and one of at least 1: minus its logarithm is what is given
    assertThat(right).isGreaterThan(-Math.log(0.1));
    assertThat(wrong).isLessThan(-Math.log(1));
  }

  @Test
  void aNewWordInAKnownContextIsHarderThanAKnownOne() {
    double[] ease =
        ease(
            0,
            tagged(new int[] {200, DOCTOR, NAME, 50}, 0, 0, 2, 0),
            tagged(new int[] {200, DOCTOR, 201, 202}, 0, 0, 2, 0));
    assertThat(ease[2]).isGreaterThan(ease[6]);
  }

  @Test
  void nearnessIsTheCosineOfTheNearestSentenceForEachOfItsWords() {
    double[] near =
        ease(
            1,
            tagged(new int[] {40, DOCTOR, NAME, 50}, 0, 0, 2, 0),
            tagged(new int[] {300, 301}, 0, 0));
    assertThat(Arrays.copyOf(near, 4)).containsOnly(near[0]);
    assertThat(near[0]).isCloseTo(1, within(1e-5));
    assertThat(Arrays.copyOfRange(near, 4, 6)).containsOnly(0);
  }

  @Test
  void theSameSeedGivesTheSameTagger() {
    List<Sequence> asked = List.of(tagged(new int[] {9, NAME, STREET}, 0, 1, 0));
    assertThat(tagger(corpus(), 7).ease(asked)).isDeepEqualTo(tagger(corpus(), 7).ease(asked));
    assertThat(tagger(corpus(), 7).ease(asked)[0]).isNotEqualTo(tagger(corpus(), 8).ease(asked)[0]);
  }

  @Test
  void wordsOfUnknownLabelTeachNothingAndAskForNothing() {
    List<Sequence> unknown =
        corpus().stream().map(s -> s.withLabels(new int[] {-1, -1, -1, -1})).toList();
    double[][] ease = tagger(unknown, 1).ease(List.of(tagged(new int[] {9, 8}, -1, 1)));
    assertThat(ease[0]).hasSize(2);
    // no weight has been learnt: three classes are equally likely
    assertThat(ease[0][1]).isCloseTo(-Math.log(Math.log(3) + 1e-3), within(1e-5));
  }

  @Test
  void levelsHoldFourForgottenWordsAtLeast() {
    LinearTagger tagger = tagger(corpus(), 1);
    double[] nine = IntStream.range(0, 9).mapToDouble(i -> i).toArray();
    assertThat(tagger.edges(nine)).containsExactly(4);
    assertThat(tagger.edges(new double[] {1, 2})).isEmpty();
    double[] many = IntStream.range(0, 100).mapToDouble(i -> i).toArray();
    assertThat(tagger.edges(many)).containsExactly(10, 20, 30, 40, 50, 60, 70, 80, 90);
  }
}
