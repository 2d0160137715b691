package io.github.deepcut.unlearn.loop;

/**
 * The rate within a pass, constant or falling. Where it falls, it falls linearly to 0. Under a rule
 * that is made to be asked {@link io.github.deepcut.unlearn.StopRule#within} passes it first warms
 * up, over {@value #WARM_UP} steps or half of the pass, stays, and falls over the last quarter;
 * where the rule is content before, it falls from there: no model is moved at a higher rate than it
 * takes.
 */
final class Settling {
  private static final int WARM_UP = 50;

  private final double peak;
  private final boolean decay;
  private final boolean within;
  private int from; // the batch of this pass after which the rule was content, 0: none

  /**
   * Nothing is content yet.
   *
   * @param decay whether the rate falls
   * @param within whether the rule is asked within passes
   */
  Settling(double peak, boolean decay, boolean within) {
    this.peak = peak;
    this.decay = decay;
    this.within = within;
  }

  boolean begun() {
    return from > 0;
  }

  int from() {
    return from;
  }

  void from(int batch) {
    from = batch;
  }

  /** Of the next of the {@code size} steps of a pass, after {@code batch} of them. */
  double rate(int batch, int size) {
    if (!within || !begun()) {
      return unsettled(batch, size);
    }
    double left = (double) (size - batch) / (size - from);
    return unsettled(from - 1, size) * left;
  }

  private double unsettled(int batch, int size) {
    if (!decay) {
      return peak;
    }
    if (!within) {
      return peak * (1 - (double) batch / size);
    }
    double up = (batch + 1) / Math.min(WARM_UP, size / 2.0);
    double down = (size - batch) / (size / 4.0);
    return peak * Math.min(1, Math.min(up, down));
  }
}
