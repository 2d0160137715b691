package io.github.deepcut.unlearn.similar;

import io.github.deepcut.data.Input;
import io.github.deepcut.data.Picture;
import java.util.List;

/**
 * Rows to find those among that resemble others, by a cosine of what no model has memorised: the
 * tokens of texts, the pixels of images.
 */
public interface SimilarRows {
  /**
   * {@return rows, to be compared with others}
   *
   * @param rows one or more, all texts or all images
   */
  static SimilarRows among(List<? extends Input> rows) {
    return rows.get(0) instanceof Picture ? new PixelIndex(rows) : new TokenIndex(rows);
  }

  /**
   * Finds the rows that are most similar to each of some.
   *
   * @param some rows, which may be among them
   * @param count how many to find for each, at most as many as there are
   * @param each is given the position of a row in {@code some} and what resembles it, by several
   *     threads at once
   */
  void nearest(List<? extends Input> some, int count, Each each);

  /** Takes what resembles a row. */
  interface Each {
    /**
     * Takes what resembles a row.
     *
     * @param row its position
     * @param nearest the most similar first
     */
    void accept(int row, Nearest nearest);
  }
}
