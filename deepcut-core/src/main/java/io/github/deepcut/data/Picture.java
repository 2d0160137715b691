package io.github.deepcut.data;

/**
 * An image as model input: one item.
 *
 * @param example index of the example in its dataset
 * @param pixels 0 to 255, unsigned (C, H, W)
 * @param labels the class index alone, -1 where it is not known
 */
public record Picture(int example, byte[] pixels, ImageSize size, int[] labels) implements Input {
  private static final int[] WHOLE = {0};

  @Override
  public int[] words() {
    return WHOLE;
  }

  @Override
  public int length() {
    return size.height() * size.width();
  }

  @Override
  public Picture withLabels(int[] other) {
    return new Picture(example, pixels, size, other);
  }
}
