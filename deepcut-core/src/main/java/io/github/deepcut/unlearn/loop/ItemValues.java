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

  /** The same number for every item of {@code rows}. */
  public static ItemValues all(float value, List<? extends Input> rows) {
    ItemValues out = zeros(rows);
    Arrays.stream(out.rows).forEach(row -> Arrays.fill(row, value));
    return out;
  }

  /** 0 for every item of {@code rows}. */
  public static ItemValues zeros(List<? extends Input> rows) {
    return new ItemValues(
        rows.stream().map(row -> new float[row.labels().length]).toArray(float[][]::new));
  }

  /** Numbers one after another, as {@link #flat} gives them, for the items of {@code rows}. */
  public static ItemValues of(float[] flat, List<? extends Input> rows) {
    ItemValues out = zeros(rows);
    int next = 0;
    for (float[] row : out.rows) {
      System.arraycopy(flat, next, row, 0, row.length);
      next += row.length;
    }
    return out;
  }

  /** What is told of one item of one row. */
  public float at(int row, int item) {
    return rows[row][item];
  }

  /** Those of some of the rows, in that order. */
  public ItemValues of(int[] chosen) {
    return new ItemValues(Arrays.stream(chosen).mapToObj(r -> rows[r]).toArray(float[][]::new));
  }

  /** All numbers, row after row. */
  public float[] flat() {
    float[] out = new float[count()];
    int next = 0;
    for (float[] row : rows) {
      System.arraycopy(row, 0, out, next, row.length);
      next += row.length;
    }
    return out;
  }

  /** How many items there are. */
  public int count() {
    return Arrays.stream(rows).mapToInt(row -> row.length).sum();
  }

  /** Σ |v| */
  public double size() {
    double sum = 0;
    for (float[] row : rows) {
      for (float v : row) {
        sum += Math.abs(v);
      }
    }
    return sum;
  }
}
