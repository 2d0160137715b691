package io.github.deepcut.unlearn;

import java.util.Arrays;

/**
 * Lets the push on an item grow for as long as the item stays put: before each pass but the first
 * its gain is multiplied by e^{η·push}, and never falls below 1. A memorised word needs many times
 * the push of one that the model was unsure of anyway.
 */
final class Gain {
  private final double rate;
  private double[][] gains;

  /** With {@code rate} η; 0 leaves every push as it is. */
  Gain(double rate) {
    this.rate = rate;
  }

  /** The coming pass's pushes with their gains; negative ones, which pull back, have none. */
  float[][] on(float[][] push) {
    boolean first = gains == null;
    if (first) {
      gains = new double[push.length][];
    }
    float[][] out = new float[push.length][];
    for (int r = 0; r < push.length; r++) {
      out[r] = push[r].clone();
      if (first) {
        gains[r] = new double[push[r].length];
        Arrays.fill(gains[r], 1);
      }
      for (int k = 0; k < push[r].length; k++) {
        gains[r][k] = first ? 1 : Math.max(1, gains[r][k] * Math.exp(rate * push[r][k]));
        out[r][k] *= push[r][k] > 0 ? (float) gains[r][k] : 1;
      }
    }
    return out;
  }
}
