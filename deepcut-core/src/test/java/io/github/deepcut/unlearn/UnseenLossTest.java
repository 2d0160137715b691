package io.github.deepcut.unlearn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.deepcut.data.Sequence;
import io.github.deepcut.run.Run;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UnseenLossTest {

  private static Sequence sentence(int label, int... words) {
    int[] ids = new int[words.length + 2];
    ids[0] = 2;
    System.arraycopy(words, 0, ids, 1, words.length);
    ids[words.length + 1] = 3;
    return new Sequence(0, ids, new int[ids.length], new int[1], new int[1], new int[] {label});
  }

  @Test
  void normalScoresAreQuantilesOfRanksAndTiesShareOne() {
    // four values: ranks 1, 2.5, 2.5, 4; (rank - 1/2) / 4 = .125, .5, .5, .875
    assertThat(UnseenLoss.normalScores(new double[] {-3, 7, 7, 9}))
        .containsExactly(new double[] {-1.1503493804, 0, 0, 1.1503493804}, within(1e-9));
  }

  @Test
  void neighboursOfTheOwnLabelSupportAnItemAndOthersDoNot() {
    List<Sequence> retained =
        List.of(sentence(0, 11, 12), sentence(0, 11, 13), sentence(1, 21, 22), sentence(1, 21, 23));
    double[] support =
        new Neighbours(2, 10, retained).support(List.of(sentence(0, 11, 14), sentence(0, 21, 24)));
    assertThat(support[0]).isGreaterThan(0.95);
    assertThat(support[1]).isLessThan(0.05);
  }

  @Test
  void ofManyRetainedRowsASampleIsSearched() {
    List<Sequence> all =
        IntStream.range(0, UnseenLoss.SEARCHED + 1).mapToObj(i -> sentence(i, 11)).toList();
    List<Sequence> most = all.subList(0, UnseenLoss.SEARCHED);
    assertThat(UnseenLoss.among(most, Run.of(1))).isSameAs(most);
    List<Sequence> some = UnseenLoss.among(all, Run.of(1));
    assertThat(some).hasSize(UnseenLoss.SAMPLED).doesNotHaveDuplicates();
    assertThat(all).containsSubsequence(some);
    assertThat(UnseenLoss.among(all, Run.of(1))).isEqualTo(some);
    assertThat(UnseenLoss.among(all, Run.of(2))).isNotEqualTo(some);
  }

  @Test
  void theLargestComeFirstAndTheEarlierOfEquals() {
    assertThat(Neighbours.largest(new float[] {1, 5, 3, 5, 2}, 3)).containsExactly(1, 3, 2);
  }

  @Test
  void aWordsNeighboursAreThoseInTheSameContext() {
    // the word 30 between 10 and 11 is tagged 1, between 12 and 13 it is tagged 0
    Sequence entity = words(new int[] {2, 10, 30, 11, 3}, 0, 1, 0);
    Sequence other = words(new int[] {2, 12, 30, 13, 3}, 0, 0, 0);
    double[] support = new Neighbours(1, 10, List.of(entity, other)).support(List.of(entity));
    assertThat(support[1]).isGreaterThan(0.95);
    support = new Neighbours(1, 10, List.of(other)).support(List.of(entity));
    assertThat(support[1]).isLessThan(0.05);
  }

  @Test
  void corruptionExchangesTokensAndKeepsLengthLabelsAndEnds() {
    List<Sequence> rows = List.of(sentence(0, 11, 12, 13, 14), sentence(1, 21, 22, 23, 24));
    List<Sequence> all = corrupted(rows, 1);
    for (int r = 0; r < 2; r++) {
      assertThat(all.get(r).ids()).hasSize(6).startsWith(2).endsWith(3);
      assertThat(all.get(r).labels()).isEqualTo(rows.get(r).labels());
    }
    assertThat(all.get(0).ids()).isNotEqualTo(rows.get(0).ids());
    List<Sequence> none = corrupted(rows, 0);
    assertThat(none.get(0).ids()).isEqualTo(rows.get(0).ids());
  }

  private static List<Sequence> corrupted(List<Sequence> rows, double rate) {
    return Corruption.of(rows, rate, new SplittableRandom(1)).stream()
        .map(Sequence.class::cast)
        .toList();
  }

  private static Sequence words(int[] ids, int... labels) {
    int[] positions = {1, 2, 3};
    return new Sequence(0, ids, new int[ids.length], positions, new int[] {0, 1, 2}, labels);
  }
}
