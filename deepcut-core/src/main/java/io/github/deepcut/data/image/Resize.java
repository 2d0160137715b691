package io.github.deepcut.data.image;

import io.github.deepcut.data.ImageSize;

/**
 * Brings images to a square of {@code side} × {@code side} pixels, whatever their proportions:
 * bilinear interpolation where they grow, a triangle as wide as the scale where they shrink, so
 * that every pixel of the original has its part.
 */
final class Resize {
  /**
   * What one pixel of the result is made of.
   *
   * @param from the first pixel that has a part
   * @param weights the parts of it and those after it; their sum is 1
   */
  private record Mix(int from, double[] weights) {}

  private Resize() {}

  static Pixels to(int side, Pixels image) {
    ImageSize size = image.size();
    if (size.height() == side && size.width() == side) {
      return image;
    }
    double[] values = new double[image.values().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = Byte.toUnsignedInt(image.values()[i]);
    }
    int rows = size.channels() * size.height();
    double[] wide = along(values, rows, mixes(size.width(), side), 1); // (C, H, side)
    double[] all =
        along(wide, size.channels(), mixes(size.height(), side), side); // (C, side, side)
    byte[] rounded = new byte[all.length];
    for (int i = 0; i < all.length; i++) {
      rounded[i] = (byte) Math.round(all[i]);
    }
    return new Pixels(rounded, new ImageSize(size.channels(), side, side));
  }

  /** (outer, old, inner) to (outer, mixes, inner). */
  private static double[] along(double[] values, int outer, Mix[] mixes, int inner) {
    int old = values.length / outer / inner;
    double[] out = new double[outer * mixes.length * inner];
    for (int o = 0; o < outer; o++) {
      for (int m = 0; m < mixes.length; m++) {
        double[] weights = mixes[m].weights();
        for (int w = 0; w < weights.length; w++) {
          int row = (o * old + mixes[m].from() + w) * inner;
          for (int i = 0; i < inner; i++) {
            out[(o * mixes.length + m) * inner + i] += weights[w] * values[row + i];
          }
        }
      }
    }
    return out;
  }

  private static Mix[] mixes(int from, int to) {
    double scale = (double) from / to;
    double reach = Math.max(1, scale);
    Mix[] mixes = new Mix[to];
    for (int i = 0; i < to; i++) {
      double centre = (i + 0.5) * scale;
      int first = (int) Math.max(0, Math.floor(centre - reach + 0.5));
      int end = (int) Math.min(from, Math.floor(centre + reach + 0.5));
      double[] weights = new double[end - first];
      double sum = 0;
      for (int j = 0; j < weights.length; j++) {
        weights[j] = Math.max(0, 1 - Math.abs(first + j + 0.5 - centre) / reach);
        sum += weights[j];
      }
      for (int j = 0; j < weights.length; j++) {
        weights[j] /= sum;
      }
      mixes[i] = new Mix(first, weights);
    }
    return mixes;
  }
}
