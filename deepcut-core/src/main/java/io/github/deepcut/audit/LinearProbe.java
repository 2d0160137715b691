package io.github.deepcut.audit;

import io.github.deepcut.stats.Cholesky;
import io.github.deepcut.stats.Value;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What a linear classifier can still read off a layer (Alain and Bengio, 2017): ridge regression to
 * one-hot labels, fitted on retained items; its accuracy on forgotten ones. A head may hide what
 * the layers below still hold.
 *
 * <p>The penalty is {@value #RIDGE} times the mean variance of a feature. Range [0, 1]; the
 * yardstick is the retrained model's. Undefined without items to fit on or to judge.
 */
public final class LinearProbe {
  private static final double RIDGE = 0.1;

  private LinearProbe() {}

  /** Accuracy on {@code forget} of a probe fitted on {@code retain}. */
  public static Value of(NeighbourPurity.Items forget, NeighbourPurity.Items retain) {
    if (retain.points().length < 2 || forget.points().length == 0) {
      return Value.undefined(
          "a probe needs two retained items and a forgotten one, found %d and %d"
              .formatted(retain.points().length, forget.points().length),
          forget.points().length);
    }
    int[] classes = Arrays.stream(retain.labels()).distinct().sorted().toArray();
    double[] mean = Vectors.mean(retain.points());
    double[][] weights = fit(retain, classes); // (C, H)
    double[] shares = shares(retain.labels(), classes);
    boolean[] right = new boolean[forget.points().length];
    for (int i = 0; i < right.length; i++) {
      double[] x = minus(forget.points()[i], mean);
      right[i] = classes[best(weights, shares, x)] == forget.labels()[i];
    }
    return Accuracy.of(right);
  }

  private static double[] shares(int[] labels, int[] classes) {
    double[] shares = new double[classes.length];
    for (int label : labels) {
      shares[Arrays.binarySearch(classes, label)] += 1.0 / labels.length;
    }
    return shares;
  }

  private static int best(double[][] weights, double[] shares, double[] x) {
    double[] score = new double[shares.length];
    Arrays.setAll(score, c -> shares[c] + Vectors.dot(weights[c], x));
    return IntStream.range(0, score.length).reduce((a, b) -> score[b] > score[a] ? b : a).orElse(0);
  }

  /** (X'X + r I)⁻¹ X'Y, features centred; a row a class. */
  private static double[][] fit(NeighbourPurity.Items retain, int[] classes) {
    double[][] x = Vectors.centred(retain.points()); // (n, H)
    int h = x[0].length;
    double[][] gram = new double[h][h];
    double[][] targets = new double[classes.length][h];
    for (int i = 0; i < x.length; i++) {
      int c = Arrays.binarySearch(classes, retain.labels()[i]);
      for (int a = 0; a < h; a++) {
        targets[c][a] += x[i][a];
        for (int b = 0; b <= a; b++) {
          gram[a][b] += x[i][a] * x[i][b];
        }
      }
    }
    double trace = IntStream.range(0, h).mapToDouble(a -> gram[a][a]).sum();
    for (int a = 0; a < h; a++) {
      gram[a][a] += RIDGE * trace / h + 1e-12;
    }
    Cholesky factor = new Cholesky(gram);
    return Arrays.stream(targets).map(factor::solve).toArray(double[][]::new);
  }

  private static double[] minus(double[] a, double[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> a[i] - b[i]).toArray();
  }
}
