package io.github.deepcut.unlearn.deepcut.target;

import io.github.deepcut.data.Input;
import io.github.deepcut.data.Picture;
import io.github.deepcut.unlearn.similar.Nearest;
import io.github.deepcut.unlearn.similar.SimilarRows;
import java.util.Arrays;
import java.util.List;

/**
 * How far the retained data agree with the label of a sentence or an image: the share of its k
 * nearest retained items that carry it, by {@link SimilarRows}.
 */
final class Neighbours implements DifficultyModel {
  /** k. */
  private static final int COUNT = 64;

  /** A neighbour of cosine s weighs e^{10 s}, among images e^{20 s}. */
  private static final double SHARPNESS = 10;

  private static final double PICTURE_SHARPNESS = 20;

  /** Edges between the levels of support. */
  private static final double[] LEVELS = {0.2, 0.5, 0.8, 0.99};

  private final int count;
  private final double sharpness;
  private final int[] labels;
  private final SimilarRows index;

  /** Indexes the retained items. */
  Neighbours(List<? extends Input> retained) {
    this(COUNT, retained.get(0) instanceof Picture ? PICTURE_SHARPNESS : SHARPNESS, retained);
  }

  Neighbours(int count, double sharpness, List<? extends Input> retained) {
    this.sharpness = sharpness;
    this.labels = labels(retained);
    this.count = Math.min(count, labels.length);
    this.index = SimilarRows.among(retained);
  }

  /** An item's share of agreeing neighbours, 0 to 1, for each item of {@code queries} in order. */
  double[] support(List<? extends Input> queries) {
    int[] wanted = labels(queries);
    double[] out = new double[wanted.length];
    index.nearest(queries, count, (item, nearest) -> out[item] = vote(nearest, wanted[item]));
    return out;
  }

  /** The support. */
  @Override
  public double[][] ease(List<? extends Input> rows) {
    return new double[][] {support(rows)};
  }

  @Override
  public double[] edges(double[] forgotten) {
    return LEVELS.clone();
  }

  @Override
  public boolean matchesClasses() {
    return true;
  }

  private static int[] labels(List<? extends Input> rows) {
    return rows.stream().flatMapToInt(r -> Arrays.stream(r.labels())).toArray();
  }

  private double vote(Nearest nearest, int label) {
    double agree = 0;
    double all = 0;
    for (int i = 0; i < nearest.size(); i++) {
      double w = Math.exp(sharpness * (nearest.cosine(i) - nearest.cosine(0)));
      all += w;
      agree += labels[nearest.item(i)] == label ? w : 0;
    }
    return agree / all;
  }
}
