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
 * and nothing else; a sibling lacks its fold. What counts are the {@value #COUNT} training rows
 * that resemble a forgotten row most, weighted by similarity. Of several siblings those are asked
 * that lack the same of them. Whether that will do is a question of how much they lack, and not of
 * which: a sibling without the other half of a class is as good as one without this.
 *
 * <p>A random request is out by about a tenth (the fold); half of a class, where rows were left out
 * one by one, by a third; where halves were left out, by less.
 *
 * @param others of each row of D_f, by each sibling: the share of its neighbours that the one lacks
 *     and the other does not; NaN where the sibling saw the row; null where it was not compared
 * @param excess the share that the sibling lacks, less that which a retrained model would
 */
record Fit(double[][] others, double[][] excess) {
  /** Mean excess, of either sign, up to which siblings are used unasked. */
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
    Fit fit = new Fit(new double[forget.length][], new double[forget.length][]);
    SimilarRows.among(among)
        .nearest(
            some,
            Math.min(COUNT + 1, among.size()),
            (k, nearest) ->
                fit.compare(asked[k], forget[asked[k]], nearest, searched, gone, without));
    return fit;
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

  private void compare(
      int k, int row, Nearest nearest, int[] searched, BitSet gone, List<BitSet> without) {
    double[] other = new double[without.size()];
    double[] more = new double[without.size()];
    double all = 0;
    for (int i = 0; i < nearest.size(); i++) {
      int at = searched[nearest.item(i)];
      if (at == row) {
        continue;
      }
      double weight = Math.exp(SHARPNESS * nearest.cosine(i));
      all += weight;
      for (int s = 0; s < other.length; s++) {
        int sign = (without.get(s).get(at) ? 1 : 0) - (gone.get(at) ? 1 : 0);
        other[s] += Math.abs(sign) * weight;
        more[s] += sign * weight;
      }
    }
    for (int s = 0; s < other.length; s++) {
      other[s] = without.get(s).get(row) ? other[s] / all : Double.NaN;
      more[s] /= all;
    }
    others[k] = other;
    excess[k] = more;
  }

  /** The mean excess, without sign, of the siblings that each row of D_f would ask. */
  double mean() {
    return IntStream.range(0, others.length)
        .filter(row -> others[row] != null)
        .mapToDouble(
            row ->
                best(row).stream().mapToDouble(s -> Math.abs(excess[row][s])).average().orElse(1))
        .average()
        .orElse(1);
  }

  /** The siblings to ask about a row, all of which never saw it. */
  BitSet siblings(int row, List<BitSet> without, int at) {
    if (others[row] != null) {
      return best(row);
    }
    return IntStream.range(0, without.size())
        .filter(s -> without.get(s).get(at))
        .collect(BitSet::new, BitSet::set, BitSet::or);
  }

  private BitSet best(int row) {
    double[] its = others[row];
    double least = DoubleStream.of(its).filter(w -> !Double.isNaN(w)).min().orElse(0);
    return IntStream.range(0, its.length)
        .filter(s -> its[s] <= least + ALIKE)
        .collect(BitSet::new, BitSet::set, BitSet::or);
  }
}
