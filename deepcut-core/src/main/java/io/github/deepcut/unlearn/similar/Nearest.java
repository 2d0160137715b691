package io.github.deepcut.unlearn.similar;

/**
 * The most similar of the items that are offered, the first of them first; the earlier of equals.
 */
public final class Nearest {
  private final int[] items;
  private final float[] cosines;
  private int size;

  /** Keeps {@code count} items at most. */
  Nearest(int count) {
    items = new int[count];
    cosines = new float[count];
  }

  void offer(int item, float cosine) {
    int last = items.length - 1;
    if (size > last && !before(item, cosine, last)) {
      return;
    }
    int at = size <= last ? size++ : last;
    for (; at > 0 && before(item, cosine, at - 1); at--) {
      items[at] = items[at - 1];
      cosines[at] = cosines[at - 1];
    }
    items[at] = item;
    cosines[at] = cosine;
  }

  private boolean before(int item, float cosine, int at) {
    return cosine > cosines[at] || (cosine == cosines[at] && item < items[at]);
  }

  boolean isFull() {
    return size == items.length;
  }

  /** {@return how many there are} */
  public int size() {
    return size;
  }

  /**
   * {@return the position of an item among those that were offered}
   *
   * @param at its place, 0 for the most similar
   */
  public int item(int at) {
    return items[at];
  }

  /**
   * {@return how similar it is}
   *
   * @param at its place, 0 for the most similar
   */
  public float cosine(int at) {
    return cosines[at];
  }
}
