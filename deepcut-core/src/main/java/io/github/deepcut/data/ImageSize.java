package io.github.deepcut.data;

import io.github.deepcut.run.InputException;

/** The shape (C, H, W) of an image: 1 channel is grey, 3 are red, green and blue. */
public record ImageSize(int channels, int height, int width) {
  public ImageSize {
    if ((channels != 1 && channels != 3) || height < 1 || width < 1) {
      throw new InputException(
          "an image of (channels, height, width) = (%d, %d, %d), expected 1 or 3 channels and at least one pixel"
              .formatted(channels, height, width));
    }
  }

  /** C·H·W. */
  public int values() {
    return Math.multiplyExact(channels, Math.multiplyExact(height, width));
  }
}
