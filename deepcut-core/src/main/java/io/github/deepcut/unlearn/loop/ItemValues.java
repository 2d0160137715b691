package io.github.deepcut.unlearn.loop;

import io.github.deepcut.data.Input;
import java.util.Arrays;
import java.util.List;

/**
 * A number for each item of some rows, such as the push on it.
 *
 * @param rows of each row, in its items' order
 */
public record ItemValues(float[][] rows) {

  /**
   * {@return one number for every item}
   *
   * @param value the number
   * @param rows whose items get it
   */
  public static ItemValues all(float value, List<? extends Input> rows) {
    ItemValues out = zeros(rows);
    Arrays.stream(out.rows).forEach(row -> Arrays.fill(row, value));
    return out;
  }

  /**
   * {@return 0 for every item}
   *
   * @param rows whose items get it
   */
  public static ItemValues zeros(List<? extends Input> rows) {
    return new ItemValues(
        rows.stream().map(row -> new float[row.labels().length]).toArray(float[][]::new));
  }

  /**
   * {@return numbers that stood one after another, by row}
   *
   * @param flat as {@link #flat} gives them
   * @param rows whose items they are for
   */
  public static ItemValues of(float[] flat, List<? extends Input> rows) {
    ItemValues out = zeros(rows);
    int next = 0;
    for (float[] row : out.rows) {
      System.arraycopy(flat, next, row, 0, row.length);
      next += row.length;
    }
    return out;
  }

  /**
   * {@return the number of one item of one row}
   *
   * @param row from 0 on
   * @param item of the row, from 0 on
   */
  public float at(int row, int item) {
    return rows[row][item];
  }

  /**
   * {@return the numbers of some of the rows, in that order}
   *
   * @param chosen positions of the rows
   */
  public ItemValues of(int[] chosen) {
    return new ItemValues(Arrays.stream(chosen).mapToObj(r -> rows[r]).toArray(float[][]::new));
  }

  /** {@return all numbers, row after row} */
  public float[] flat() {
    float[] out = new float[count()];
    int next = 0;
    for (float[] row : rows) {
      System.arraycopy(row, 0, out, next, row.length);
      next += row.length;
    }
    return out;
  }

  /** {@return how many items there are} */
  public int count() {
    return Arrays.stream(rows).mapToInt(row -> row.length).sum();
  }
}
