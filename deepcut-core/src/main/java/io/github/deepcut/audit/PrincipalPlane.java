package io.github.deepcut.audit;

import java.util.Arrays;
import java.util.List;

/**
 * The plane in which rows spread most: the two first principal components (Pearson, 1901), by power
 * iteration on the covariance. Fitted on one model's embeddings it serves the others too, so that
 * their pictures can be compared.
 *
 * <p>Where two components spread almost alike, which of them is found is left open; the plane holds
 * as much. An axis points to where its greatest coordinate is positive.
 *
 * @param mean of the rows (H)
 * @param axes two orthogonal unit vectors (2, H); zero where the rows do not spread that far
 * @param explained the share of the rows' variance along either axis, in [0, 1]
 */
public record PrincipalPlane(double[] mean, double[][] axes, List<Double> explained) {
  private static final int ITERATIONS = 1000;
  private static final double SAME = 1e-12;

  /** The plane of one row or more (N, H). */
  public static PrincipalPlane fit(double[][] rows) {
    if (rows.length == 0) {
      throw new IllegalArgumentException("no rows: expected one or more");
    }
    double[] mean = mean(rows);
    double[][] covariance = covariance(rows, mean); // (H, H)
    double all = 0;
    for (int i = 0; i < mean.length; i++) {
      all += covariance[i][i];
    }
    double[][] axes = new double[2][];
    axes[0] = axis(covariance, new double[mean.length]);
    axes[1] = axis(covariance, axes[0]);
    double total = all;
    List<Double> explained =
        Arrays.stream(axes)
            .map(a -> total == 0 ? 0 : Math.min(1, dot(a, times(covariance, a)) / total))
            .toList();
    return new PrincipalPlane(mean, axes, explained);
  }

  /** The place of a row (H) in the plane: two coordinates. */
  public double[] project(double[] row) {
    double[] centred = new double[mean.length];
    Arrays.setAll(centred, i -> row[i] - mean[i]);
    return new double[] {dot(axes[0], centred), dot(axes[1], centred)};
  }

  private static double[] axis(double[][] covariance, double[] first) {
    double[] v = normal(orthogonal(widest(covariance, first), first));
    for (int i = 0; i < ITERATIONS; i++) {
      double[] next = normal(orthogonal(times(covariance, v), first));
      double moved = 1 - Math.abs(dot(next, v));
      v = next;
      if (moved < SAME) {
        break;
      }
    }
    return pointed(v);
  }

  /** The column that is longest once its part along {@code first} is taken away: no bad start. */
  private static double[] widest(double[][] covariance, double[] first) {
    double[] widest = new double[first.length];
    double most = -1;
    for (double[] column : covariance) { // it is symmetric
      double[] rest = orthogonal(column, first);
      if (dot(rest, rest) > most) {
        most = dot(rest, rest);
        widest = rest;
      }
    }
    return widest;
  }

  private static double[] orthogonal(double[] v, double[] unit) {
    double along = dot(v, unit);
    double[] out = new double[v.length];
    Arrays.setAll(out, i -> v[i] - along * unit[i]);
    return out;
  }

  private static double[] normal(double[] v) {
    double length = Math.sqrt(dot(v, v));
    return length < SAME ? new double[v.length] : Arrays.stream(v).map(x -> x / length).toArray();
  }

  private static double[] pointed(double[] v) {
    double greatest = Arrays.stream(v).reduce(0, (a, b) -> Math.abs(b) > Math.abs(a) ? b : a);
    return greatest < 0 ? Arrays.stream(v).map(x -> -x).toArray() : v;
  }

  private static double[] mean(double[][] rows) {
    double[] mean = new double[rows[0].length];
    for (double[] row : rows) {
      Arrays.setAll(mean, i -> mean[i] + row[i] / rows.length);
    }
    return mean;
  }

  private static double[][] covariance(double[][] rows, double[] mean) {
    double[][] out = new double[mean.length][mean.length];
    for (double[] row : rows) {
      for (int i = 0; i < mean.length; i++) {
        double x = (row[i] - mean[i]) / rows.length;
        for (int k = 0; k < mean.length; k++) {
          out[i][k] += x * (row[k] - mean[k]);
        }
      }
    }
    return out;
  }

  private static double[] times(double[][] matrix, double[] v) {
    return Arrays.stream(matrix).mapToDouble(row -> dot(row, v)).toArray();
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
