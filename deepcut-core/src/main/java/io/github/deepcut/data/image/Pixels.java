package io.github.deepcut.data.image;

import io.github.deepcut.data.ImageSize;
import java.util.Arrays;

/**
 * The content of an image.
 *
 * @param values 0 to 255, unsigned (C, H, W)
 */
record Pixels(byte[] values, ImageSize size) {

  /** Most pixels in a row or column that a reader takes. */
  static final int MAX_SIDE = 8192;

  /** With three channels: those of a grey image are three times the one that it has. */
  Pixels coloured() {
    if (size.channels() == 3) {
      return this;
    }
    int plane = values.length;
    byte[] three = Arrays.copyOf(values, 3 * plane);
    System.arraycopy(values, 0, three, plane, plane);
    System.arraycopy(values, 0, three, 2 * plane, plane);
    return new Pixels(three, new ImageSize(3, size.height(), size.width()));
  }
}
