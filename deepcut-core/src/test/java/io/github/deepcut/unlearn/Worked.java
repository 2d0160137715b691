package io.github.deepcut.unlearn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.deepcut.data.Picture;
import io.github.deepcut.unlearn.loop.OptimizerSettings;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Losses and slopes of {@link TwoWeights} by their formulas, for updates worked by hand. */
final class Worked {
  /** Of class a. */
  static final Picture F = TwoWeights.picture(255, 51, 0);

  /** Of class b, the mirror image of {@link #F}. */
  static final Picture R = TwoWeights.picture(51, 255, 1);

  static final double S = sigmoid(0.8);
  static final double E = 1 - S;

  /** One step of SGD without momentum or decay at a rate of .1. */
  static final OptimizerSettings ONE = passes(1);

  private Worked() {}

  static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  static OptimizerSettings passes(int n) {
    return new OptimizerSettings(OptimizerSettings.Kind.SGD, 0.1, 1, 0, 0, 0, false, n, 8);
  }

  static void equal(double[] w, double first, double second) {
    assertThat(w).containsExactly(new double[] {first, second}, within(1e-6));
  }

  /** L_UL of one anchor against what is retained, as Eq. 5 and Eq. 6 have it, and 2·CE. */
  static double contrastive(double[] w, Picture anchor, List<Picture> retained) {
    double[] z = unit(w, anchor);
    double pull = 0;
    double push = 0;
    double ce = 0;
    int others = 0;
    for (Picture r : retained) {
      double[] y = unit(w, r);
      double s = (z[0] * y[0] + z[1] * y[1]) / 0.5;
      boolean same = r.labels()[0] == anchor.labels()[0];
      pull += same ? 0 : s;
      others += same ? 0 : 1;
      push += same ? Math.exp(s) : 0;
      double[] l = logits(w, r);
      ce += Math.log1p(Math.exp((r.labels()[0] == 0 ? 1 : -1) * (l[1] - l[0])));
    }
    double denominator = push == 0 ? others : push; // Eq. 6: |N_i|
    return 3 * -(pull / others - Math.log(denominator)) + 2 * ce / retained.size();
  }

  static double[] logits(double[] w, Picture x) {
    return new double[] {
      w[0] * Byte.toUnsignedInt(x.pixels()[0]) / 255, w[1] * Byte.toUnsignedInt(x.pixels()[1]) / 255
    };
  }

  static double[] unit(double[] w, Picture x) {
    double[] z = logits(w, x);
    double norm = Math.hypot(z[0], z[1]);
    return new double[] {z[0] / norm, z[1] / norm};
  }

  static double slope(ToDoubleFunction<double[]> f, int k) {
    double h = 1e-5;
    double[] up = {1, 1};
    double[] down = {1, 1};
    up[k] += h;
    down[k] -= h;
    return (f.applyAsDouble(up) - f.applyAsDouble(down)) / (2 * h);
  }

  static double crossEntropy(double[] w, Picture x) {
    double[] l = logits(w, x);
    return Math.log1p(Math.exp((x.labels()[0] == 0 ? 1 : -1) * (l[1] - l[0])));
  }

  static double cosine(double[] w, Picture x, Picture y) {
    double[] a = unit(w, x);
    double[] b = unit(w, y);
    return a[0] * b[0] + a[1] * b[1];
  }
}
