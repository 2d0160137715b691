package io.github.deepcut.unlearn;

import io.github.deepcut.data.Input;
import io.github.deepcut.data.Sequence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * An inverted index over the tokens of texts: cosines of tf-idf vectors. A sentence's features are
 * its tokens; a word's are the tokens from two before to three after its first sub-word, each with
 * its offset.
 */
final class TokenIndex implements Neighbours.Index {
  private final int size;
  private final Map<Long, Postings> postings = new HashMap<>();

  TokenIndex(List<? extends Input> rows) {
    size = rows.stream().mapToInt(r -> r.labels().length).sum();
    float[] square = new float[size];
    List<Map<Long, Float>> counted = new ArrayList<>(size);
    for (Input s : rows) {
      for (int k = 0; k < s.labels().length; k++) {
        counted.add(counts(features(s, k)));
      }
    }
    for (int i = 0; i < size; i++) {
      int item = i;
      counted
          .get(i)
          .forEach((f, tf) -> postings.computeIfAbsent(f, x -> new Postings()).add(item, tf));
    }
    for (Postings p : postings.values()) {
      p.weigh(size, square);
    }
    for (Postings p : postings.values()) {
      p.normalise(square);
    }
  }

  @Override
  public void compare(List<? extends Input> rows, Consumer<float[]> each) {
    for (Input row : rows) {
      for (int k = 0; k < row.labels().length; k++) {
        each.accept(cosines(features(row, k)));
      }
    }
  }

  private float[] cosines(long[] query) {
    float[] out = new float[size];
    float[] norm = {0};
    counts(query)
        .forEach(
            (f, tf) -> {
              Postings p = postings.get(f);
              if (p != null) {
                norm[0] += tf * p.idf * tf * p.idf;
                p.addTo(out, tf * p.idf);
              }
            });
    float scale = norm[0] > 0 ? (float) (1 / Math.sqrt(norm[0])) : 0;
    for (int i = 0; i < out.length; i++) {
      out[i] *= scale;
    }
    return out;
  }

  /** 1 + ln of how often each feature occurs. */
  private static Map<Long, Float> counts(long[] features) {
    Map<Long, Float> counts = new HashMap<>();
    Arrays.stream(features).forEach(f -> counts.merge(f, 1f, Float::sum));
    counts.replaceAll((f, n) -> 1 + (float) Math.log(n));
    return counts;
  }

  /** Features of item {@code k}, each as often as it occurs. */
  private static long[] features(Input input, int k) {
    Sequence s = (Sequence) input;
    int[] ids = s.ids();
    boolean sentence = s.positions().length == 1 && s.positions()[0] == 0;
    if (sentence) {
      return Arrays.stream(ids).skip(1).limit(ids.length - 2L).asLongStream().toArray();
    }
    int p = s.positions()[k];
    return IntStream.rangeClosed(-2, 3)
        .mapToLong(o -> pair(o + 3, p + o >= 0 && p + o < ids.length ? ids[p + o] : -1))
        .toArray();
  }

  private static long pair(long a, long b) {
    return ((a + 1) << 32) | (b + 1);
  }

  /** The items that have a feature, and its weight in each. */
  private static final class Postings {
    private int[] items = new int[4];
    private float[] weights = new float[4];
    private int size;
    private float idf;

    void add(int item, float tf) {
      if (size == items.length) {
        items = Arrays.copyOf(items, 2 * size);
        weights = Arrays.copyOf(weights, 2 * size);
      }
      items[size] = item;
      weights[size++] = tf;
    }

    /** Multiplies by idf = ln((1 + n) / (1 + df)) + 1 and adds the squares to the items' norms. */
    void weigh(int n, float[] square) {
      idf = (float) (Math.log((1.0 + n) / (1.0 + size)) + 1);
      for (int i = 0; i < size; i++) {
        weights[i] *= idf;
        square[items[i]] += weights[i] * weights[i];
      }
    }

    void normalise(float[] square) {
      for (int i = 0; i < size; i++) {
        weights[i] /= (float) Math.sqrt(square[items[i]]);
      }
    }

    void addTo(float[] out, float weight) {
      for (int i = 0; i < size; i++) {
        out[items[i]] += weight * weights[i];
      }
    }
  }
}
