package io.github.deepcut.data.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Cuts a sentence that is too long into overlapping windows of whole words. Neighbours share about
 * half of their sub-words, so that a word near the edge of one has a quarter of a window around it
 * in the other.
 *
 * @param capacity most sub-words in a window
 * @param starts where each word's sub-words begin in the sentence; at the end, their number
 */
record Windows(int capacity, int[] starts) {

  /** Words {@code from} to {@code to} (excluded), of which those listed are this window's own. */
  record Window(int from, int to, int[] own) {}

  /**
   * @param lengths sub-words of each word, none above {@code capacity}
   */
  static Windows of(int capacity, int[] lengths) {
    int[] starts = new int[lengths.length + 1];
    for (int w = 0; w < lengths.length; w++) {
      starts[w + 1] = starts[w] + lengths[w];
    }
    return new Windows(capacity, starts);
  }

  /** Each word is the own word of exactly one window: the one that shows most around it. */
  List<Window> cut() {
    List<int[]> spans = spans();
    int words = starts.length - 1;
    int[] home = new int[words];
    int[] most = new int[words];
    Arrays.fill(most, -1);
    for (int s = 0; s < spans.size(); s++) {
      for (int w = spans.get(s)[0]; w < spans.get(s)[1]; w++) {
        int context = context(spans.get(s), w);
        if (context > most[w]) {
          most[w] = context;
          home[w] = s;
        }
      }
    }
    List<Window> windows = new ArrayList<>();
    for (int s = 0; s < spans.size(); s++) {
      int span = s;
      int[] own =
          IntStream.range(spans.get(s)[0], spans.get(s)[1]).filter(w -> home[w] == span).toArray();
      if (own.length > 0) {
        windows.add(new Window(spans.get(s)[0], spans.get(s)[1], own));
      }
    }
    return windows;
  }

  private List<int[]> spans() {
    int words = starts.length - 1;
    List<int[]> spans = new ArrayList<>();
    int from = 0;
    int to = 0;
    while (to < words) {
      while (to < words && starts[to + 1] - starts[from] <= capacity) {
        to++;
      }
      spans.add(new int[] {from, to});
      int end = starts[to];
      from++;
      while (from < to && end - starts[from] > capacity / 2) {
        from++;
      }
    }
    return spans;
  }

  /** Sub-words on the poorer side of a word; an end of the sentence is no lack. */
  private int context(int[] span, int word) {
    int left = span[0] == 0 ? Integer.MAX_VALUE : starts[word] - starts[span[0]];
    int right =
        span[1] == starts.length - 1 ? Integer.MAX_VALUE : starts[span[1]] - starts[word + 1];
    return Math.min(left, right);
  }
}
