package io.github.deepcut.sibling;

import io.github.deepcut.data.Input;
import io.github.deepcut.train.Batches;
import io.github.deepcut.unlearn.similar.Nearest;
import io.github.deepcut.unlearn.similar.SimilarRows;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Whether siblings never saw what a request takes away. A model that is retrained lacks all of D_f
 * and nothing else; a sibling lacks its fold. What matters is what resembles a forgotten row: the
 * share of its {@value #COUNT} nearest training rows, by similarity, that the one lacks and the
 * other does not. A random request is out by about a tenth (the fold); half of a class, where rows
 * were left out one by one, by a half.
 *
 * @param wrong of each row of D_f, by each sibling: that share; NaN where the sibling saw the row
 */
record Fit(double[][] wrong) {
  /** Mean share up to which siblings are used unasked. */
  static final double MOST = 0.25;

  private static final int COUNT = 64;

  /** A neighbour of cosine s weighs e^{10 s}. */
  private static final double SHARPNESS = 10;

  /** Training rows to compare with, and rows of D_f that are, at most. */
  private static final int SEARCHED = 20_000;

  private static final int ASKED = 500;

  /** Siblings of a row are used that are out by so much more than the best one, at most. */
  private static final double ALIKE = 0.1;

  /**
   * Compares.
   *
   * @param rows all training data
   * @param forget positions of D_f among them
   * @param without rows that each sibling never saw
   */
  static Fit of(List<? extends Input> rows, int[] forget, List<BitSet> without) {
    BitSet gone = new BitSet();
    Arrays.stream(forget).forEach(gone::set);
    int[] searched = searched(rows.size(), gone);
    List<? extends Input> among = Arrays.stream(searched).mapToObj(rows::get).toList();
    int[] asked = sample(forget.length, ASKED);
    List<? extends Input> some = Arrays.stream(asked).mapToObj(i -> rows.get(forget[i])).toList();
    double[][] wrong = new double[forget.length][];
    SimilarRows.among(among)
        .nearest(
            some,
            Math.min(COUNT + 1, among.size()),
            (k, nearest) ->
                wrong[asked[k]] = wrong(forget[asked[k]], nearest, searched, gone, without));
    return new Fit(wrong);
  }

  private static int[] searched(int n, BitSet gone) {
    return IntStream.concat(gone.stream(), Arrays.stream(sample(n, SEARCHED)))
        .distinct()
        .sorted()
        .toArray();
  }

  private static int[] sample(int n, int most) {
    return Batches.sample(n, most, new SplittableRandom(n));
  }

  private static double[] wrong(
      int row, Nearest nearest, int[] searched, BitSet gone, List<BitSet> without) {
    double[] wrong = new double[without.size()];
    double all = 0;
    for (int i = 0; i < nearest.size(); i++) {
      int other = searched[nearest.item(i)];
      if (other == row) {
        continue;
      }
      double weight = Math.exp(SHARPNESS * nearest.cosine(i));
      all += weight;
      for (int s = 0; s < wrong.length; s++) {
        wrong[s] += without.get(s).get(other) == gone.get(other) ? 0 : weight;
      }
    }
    for (int s = 0; s < wrong.length; s++) {
      wrong[s] = without.get(s).get(row) ? wrong[s] / all : Double.NaN;
    }
    return wrong;
  }

  /** The mean over the rows of D_f that were compared, each by its best sibling. */
  double mean() {
    return Arrays.stream(wrong)
        .filter(row -> row != null)
        .mapToDouble(row -> best(row))
        .average()
        .orElse(1);
  }

  /** The siblings to ask about a row, all of which never saw it. */
  BitSet siblings(int row, List<BitSet> without, int at) {
    double[] its = wrong[row];
    return IntStream.range(0, without.size())
        .filter(s -> its == null ? without.get(s).get(at) : its[s] <= best(its) + ALIKE)
        .collect(BitSet::new, BitSet::set, BitSet::or);
  }

  private static double best(double[] row) {
    return DoubleStream.of(row).filter(w -> !Double.isNaN(w)).min().orElse(1);
  }
}
