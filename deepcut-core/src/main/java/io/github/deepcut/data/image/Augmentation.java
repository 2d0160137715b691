package io.github.deepcut.data.image;

import io.github.deepcut.data.ImageSize;
import io.github.deepcut.data.Picture;
import io.github.deepcut.run.InputException;
import java.util.SplittableRandom;

/**
 * Random changes to a picture that leave its label true: it is moved by up to {@code padding}
 * pixels in each direction, black coming in at the edge (a crop at random from the padded picture),
 * and mirrored left to right every second time.
 */
public record Augmentation(int padding, boolean flip) {
  /** Leaves pictures as they are. */
  public static final Augmentation NONE = new Augmentation(0, false);

  /** What CIFAR is commonly trained with. */
  public static final Augmentation STANDARD = new Augmentation(4, true);

  public Augmentation {
    if (padding < 0) {
      throw new InputException("padding " + padding + ": expected 0 or more");
    }
  }

  /** A changed copy of {@code picture}; the same picture if there is nothing to change. */
  public Picture apply(Picture picture, SplittableRandom random) {
    int down = random.nextInt(-padding, padding + 1);
    int right = random.nextInt(-padding, padding + 1);
    boolean mirrored = flip && random.nextBoolean();
    if (down == 0 && right == 0 && !mirrored) {
      return picture;
    }
    ImageSize size = picture.size();
    byte[] moved = new byte[size.values()];
    for (int row = 0; row < size.channels() * size.height(); row++) {
      int from = row % size.height() + down;
      if (from >= 0 && from < size.height()) {
        int start = (row + down) * size.width();
        for (int x = 0; x < size.width(); x++) {
          int source = (mirrored ? size.width() - 1 - x : x) + right;
          if (source >= 0 && source < size.width()) {
            moved[row * size.width() + x] = picture.pixels()[start + source];
          }
        }
      }
    }
    return new Picture(picture.example(), moved, size, picture.labels());
  }
}
