package io.github.deepcut.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.deepcut.data.Sequence;
import io.github.deepcut.run.InputException;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MaskingTest {
  private static final int MASK = 4;
  private static final int[] ORDINARY = IntStream.range(5, 1000).toArray();

  /** [CLS] (2), then words of 1, 2, 3, 1, 2, 3, … tokens, then an unknown one (1), then [SEP]. */
  private static Sequence row(int tokens, long seed) {
    int[] ids = new SplittableRandom(seed).ints(tokens + 3, 5, 1000).toArray();
    ids[0] = 2;
    ids[tokens + 1] = 1;
    ids[tokens + 2] = 3;
    int[] words =
        IntStream.range(0, tokens)
            .flatMap(w -> IntStream.generate(() -> w).limit(1 + w % 3))
            .limit(tokens)
            .toArray();
    int[] positions = IntStream.rangeClosed(1, tokens).toArray();
    int[] labels = Arrays.copyOfRange(ids, 1, tokens + 1);
    return new Sequence(7, ids, new int[ids.length], positions, words, labels);
  }

  @Test
  void sharesAreThoseOfThePaper() {
    SplittableRandom random = new SplittableRandom(1);
    Masking masking = new Masking(0.15, MASK, ORDINARY);
    double items = 0;
    double masked = 0;
    double kept = 0;
    double all = 0;
    for (int r = 0; r < 500; r++) {
      Sequence row = row(120, r);
      Sequence hidden = masking.mask(row, random);
      all += 120;
      items += hidden.positions().length;
      for (int k = 0; k < hidden.positions().length; k++) {
        int now = hidden.ids()[hidden.positions()[k]];
        masked += now == MASK ? 1 : 0;
        kept += now == hidden.labels()[k] ? 1 : 0;
      }
    }
    assertThat(items / all).isCloseTo(0.15, within(0.005));
    // 9000 tokens: standard deviations of 0.004 and 0.003; one random token in 995 is the old one
    assertThat(masked / items).isCloseTo(0.8, within(0.02));
    assertThat(kept / items).isCloseTo(0.1, within(0.015));
  }

  @Test
  void wordsAreHiddenWholeAndNothingElseChanges() {
    SplittableRandom random = new SplittableRandom(2);
    for (int r = 0; r < 200; r++) {
      Sequence row = row(1 + r % 60, r);
      Sequence hidden = new Masking(0.3, MASK, ORDINARY).mask(row, random);
      int[] drawn = Arrays.stream(hidden.words()).distinct().toArray();
      long tokens =
          Arrays.stream(row.words()).filter(w -> Arrays.binarySearch(drawn, w) >= 0).count();
      assertThat(hidden.positions()).hasSize((int) tokens).isSorted().isNotEmpty();
      for (int k = 0; k < hidden.positions().length; k++) {
        assertThat(hidden.labels()[k]).isEqualTo(row.ids()[hidden.positions()[k]]);
      }
      for (int i = 0; i < row.ids().length; i++) {
        if (Arrays.binarySearch(hidden.positions(), i) < 0) {
          assertThat(hidden.ids()[i]).isEqualTo(row.ids()[i]);
        }
      }
      assertThat(hidden.example()).isEqualTo(7);
    }
  }

  @Test
  void specialTokensAreNeitherHiddenNorPutIn() {
    SplittableRandom random = new SplittableRandom(3);
    for (int r = 0; r < 200; r++) {
      Sequence hidden = new Masking(0.99, MASK, ORDINARY).mask(row(20, r), random);
      assertThat(new int[] {hidden.ids()[0], hidden.ids()[21], hidden.ids()[22]})
          .containsExactly(2, 1, 3);
      assertThat(hidden.positions()).doesNotContain(0, 21, 22);
      assertThat(Arrays.stream(hidden.ids(), 1, 21)).allMatch(id -> id >= MASK);
    }
  }

  @Test
  void aWordLongerThanTheShareIsHiddenIfThereIsNoOther() {
    Sequence one =
        new Sequence(
            0,
            new int[] {2, 8, 9, 3},
            new int[4],
            new int[] {1, 2},
            new int[] {0, 0},
            new int[] {8, 9});
    assertThat(new Masking(0.15, MASK, ORDINARY).mask(one, new SplittableRandom(1)).labels())
        .containsExactly(8, 9);
  }

  @Test
  void theSameStreamHidesTheSame() {
    Masking masking = new Masking(0.15, MASK, ORDINARY);
    int[] first = masking.mask(row(100, 1), new SplittableRandom(5)).ids();
    assertThat(masking.mask(row(100, 1), new SplittableRandom(5)).ids()).isEqualTo(first);
    assertThat(masking.mask(row(100, 1), new SplittableRandom(6)).ids()).isNotEqualTo(first);
  }

  @Test
  void sharesOutsideTheRangeAreRefused() {
    for (double share : new double[] {0, 1, -0.1, Double.NaN}) {
      assertThatThrownBy(() -> new Masking(share, MASK, ORDINARY))
          .isInstanceOf(InputException.class)
          .hasMessage("mask share is " + share + ", expected > 0 and < 1");
    }
  }
}
