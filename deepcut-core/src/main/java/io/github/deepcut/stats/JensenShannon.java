package io.github.deepcut.stats;

/**
 * The Jensen-Shannon divergence between two distributions over the same classes, in nats (Lin,
 * 1991): the mean divergence of each from their average.
 *
 * <p>Range [0, ln 2]; 0: equal, ln 2: no class in common. Symmetric. The smaller the divergence of
 * the unlearned model's output from the retrained one's, the better. Undefined without samples.
 */
public final class JensenShannon {
  private static final double SLACK = 1e-3; // what float32 softmax may miss a sum of 1 by

  private JensenShannon() {}

  /** The divergence of two distributions, each of which sums to 1. */
  public static double divergence(double[] p, double[] q) {
    Checks.sameSize("classes", p.length, q.length);
    double sumP = sum(p);
    double sumQ = sum(q);
    double nats = 0;
    for (int i = 0; i < p.length; i++) {
      double a = p[i] / sumP;
      double b = q[i] / sumQ;
      double middle = (a + b) / 2;
      nats += term(a, middle) + term(b, middle);
    }
    return Math.max(0, Math.min(Math.log(2), nats / 2)); // rounding may leave the range by an ulp
  }

  /** The divergence of each sample's two distributions. */
  public static double[] perSample(double[][] p, double[][] q) {
    Checks.sameSize("samples", p.length, q.length);
    double[] nats = new double[p.length];
    for (int i = 0; i < p.length; i++) {
      nats[i] = divergence(p[i], q[i]);
    }
    return nats;
  }

  /** The mean over samples with its interval. */
  public static Value mean(double[][] p, double[][] q, Bootstrap bootstrap) {
    return bootstrap.mean(perSample(p, q));
  }

  private static double term(double a, double middle) {
    return a == 0 ? 0 : a * Math.log(a / middle);
  }

  private static double sum(double[] p) {
    double sum = 0;
    for (double x : p) {
      if (!(x >= 0)) {
        throw new IllegalArgumentException("probability " + x + ": expected 0 or more");
      }
      sum += x;
    }
    if (Math.abs(sum - 1) > SLACK) {
      throw new IllegalArgumentException("probabilities sum to " + sum + ": expected 1");
    }
    return sum;
  }
}
