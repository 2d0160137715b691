package io.github.deepcut.train;

import io.github.deepcut.data.Sequence;
import io.github.deepcut.run.InputException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Hides whole words for a masked language model to guess, after Devlin et al. 2018 (arXiv
 * 1810.04805, section 3.1) in the variant of their later code that draws words, not sub-words. Of
 * the tokens of the words drawn, 80 % become the mask token, 10 % another token at random, and 10 %
 * stay; all are to be guessed.
 *
 * @param share of a row's items to draw, within (0, 1); at least one word is
 * @param maskId the mask token
 * @param ordinary ids of which a random token is drawn
 */
public record Masking(double share, int maskId, int[] ordinary) {
  private static final double MASKED = 0.8;
  private static final double REPLACED = 0.1;

  public Masking {
    if (!(share > 0 && share < 1)) {
      throw new InputException("mask share is " + share + ", expected > 0 and < 1");
    }
  }

  /**
   * The row with the words that {@code random} draws hidden, and their tokens as its only items.
   *
   * @param row whose items are its ordinary tokens: {@code words} tells which belong together,
   *     {@code labels} are the ids; at least one
   */
  public Sequence mask(Sequence row, SplittableRandom random) {
    int[] drawn = draw(row.words(), random);
    int[] ids = row.ids().clone();
    for (int item : drawn) {
      double lot = random.nextDouble();
      if (lot < MASKED) {
        ids[row.positions()[item]] = maskId;
      } else if (lot < MASKED + REPLACED) {
        ids[row.positions()[item]] = ordinary[random.nextInt(ordinary.length)];
      }
    }
    return new Sequence(
        row.example(),
        ids,
        row.types(),
        pick(row.positions(), drawn),
        pick(row.words(), drawn),
        pick(row.labels(), drawn));
  }

  /** Items of whole words in random order until their share is reached; none that exceeds it. */
  private int[] draw(int[] words, SplittableRandom random) {
    List<int[]> runs = runs(words);
    Batches.shuffle(runs, random);
    int wanted = (int) Math.max(1, Math.round(share * words.length));
    List<Integer> drawn = new ArrayList<>();
    for (int[] run : runs) {
      if (drawn.size() + run[1] - run[0] <= wanted) {
        IntStream.range(run[0], run[1]).forEach(drawn::add);
      }
    }
    if (drawn.isEmpty()) {
      IntStream.range(runs.get(0)[0], runs.get(0)[1]).forEach(drawn::add);
    }
    Collections.sort(drawn);
    return drawn.stream().mapToInt(i -> i).toArray();
  }

  /** Where each word's items begin and end (excluded). */
  private static List<int[]> runs(int[] words) {
    List<int[]> runs = new ArrayList<>();
    for (int from = 0, to; from < words.length; from = to) {
      to = from + 1;
      while (to < words.length && words[to] == words[from]) {
        to++;
      }
      runs.add(new int[] {from, to});
    }
    return runs;
  }

  private static int[] pick(int[] values, int[] items) {
    return IntStream.of(items).map(i -> values[i]).toArray();
  }
}
