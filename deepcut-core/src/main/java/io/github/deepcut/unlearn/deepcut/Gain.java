package io.github.deepcut.unlearn.deepcut;

/**
 * Lets the push on an item grow for as long as the item stays on one side of its target. Before
 * each pass but the first its gain is multiplied by e^{η·|w|} where the push w still points as it
 * did, and by e^{-2η·|w|} where it has turned; it stays between 1 and {@value #MOST}. A memorised
 * word needs many times the push of one that the model was unsure of anyway, and what was pushed
 * along with it as much to come back. A step size per weight grows and shrinks like this in Rprop
 * (Riedmiller and Braun, 1993).
 */
final class Gain {
  private static final float MOST = 30;

  private final double rate;

  /** With the sign of the last push. */
  private float[][] gains;

  /** With {@code rate} η; 0 leaves every push as it is. */
  Gain(double rate) {
    this.rate = rate;
  }

  /** The coming pass's pushes with their gains. */
  float[][] on(float[][] push) {
    boolean first = gains == null;
    if (first) {
      gains = new float[push.length][];
    }
    float[][] out = new float[push.length][];
    for (int r = 0; r < push.length; r++) {
      out[r] = new float[push[r].length];
      if (first) {
        gains[r] = new float[push[r].length];
      }
      for (int k = 0; k < push[r].length; k++) {
        float w = push[r][k];
        float gain = first ? 1 : next(gains[r][k], w);
        gains[r][k] = Math.copySign(gain, w);
        out[r][k] = gain * w;
      }
    }
    return out;
  }

  private float next(float gain, float w) {
    double growth = rate * Math.abs(w) * (gain * w >= 0 ? 1 : -2);
    return (float) Math.min(MOST, Math.max(1, Math.abs(gain) * Math.exp(growth)));
  }

  float[][] gains() {
    return gains;
  }

  void gains(float[][] saved) {
    gains = saved;
  }
}
