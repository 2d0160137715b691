package io.github.deepcut.unlearn;

import io.github.deepcut.data.Input;
import io.github.deepcut.data.Picture;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * How far the retained data agree with a forgotten item's label: the share of its k nearest
 * retained items that carry it. Nearness is a cosine of what no model has memorised: the tokens of
 * texts ({@link TokenIndex}), the pixels of images ({@link PixelIndex}).
 */
final class Neighbours {
  private final int count;
  private final double sharpness;
  private final int[] labels;
  private final Index index;

  /** Retained items, in the order of their rows, to be compared with others. */
  interface Index {
    /**
     * Compares each item of {@code rows} with every retained item.
     *
     * @param each is given the cosines of one item after the other; the array may be used again
     */
    void compare(List<? extends Input> rows, Consumer<float[]> each);
  }

  /**
   * Indexes the retained items.
   *
   * @param count k
   * @param sharpness a neighbour of cosine s weighs e^{sharpness·s}
   */
  Neighbours(int count, double sharpness, List<? extends Input> retained) {
    this.count = count;
    this.sharpness = sharpness;
    this.labels = labels(retained);
    this.index =
        retained.get(0) instanceof Picture ? new PixelIndex(retained) : new TokenIndex(retained);
  }

  /** An item's share of agreeing neighbours, 0 to 1, for each item of {@code queries} in order. */
  double[] support(List<? extends Input> queries) {
    int[] wanted = labels(queries);
    var answers = new ArrayList<Double>(wanted.length);
    index.compare(queries, cosines -> answers.add(vote(cosines, wanted[answers.size()])));
    return answers.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static int[] labels(List<? extends Input> rows) {
    return rows.stream().flatMapToInt(r -> Arrays.stream(r.labels())).toArray();
  }

  private double vote(float[] cosines, int label) {
    int[] nearest = largest(cosines, Math.min(count, cosines.length));
    double top = cosines[nearest[0]];
    double agree = 0;
    double all = 0;
    for (int i : nearest) {
      double w = Math.exp(sharpness * (cosines[i] - top));
      all += w;
      agree += labels[i] == label ? w : 0;
    }
    return agree / all;
  }

  /** Positions of the {@code k} largest values, the largest first, the earlier of equals first. */
  static int[] largest(float[] values, int k) {
    int[] best = new int[k];
    int n = 0;
    for (int i = 0; i < values.length; i++) {
      if (n == k && values[i] <= values[best[k - 1]]) {
        continue;
      }
      int at = n < k ? n++ : k - 1;
      while (at > 0 && values[best[at - 1]] < values[i]) {
        best[at] = best[at - 1];
        at--;
      }
      best[at] = i;
    }
    return best;
  }
}
