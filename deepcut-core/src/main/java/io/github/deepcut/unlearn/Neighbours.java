package io.github.deepcut.unlearn;

import io.github.deepcut.data.Input;
import io.github.deepcut.data.Sequence;
import io.github.deepcut.run.InputException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * How far the retained data agree with a forgotten item's label: the share of its k nearest
 * retained items that carry it, nearest by the cosine of tf-idf vectors over tokens. A sentence's
 * features are its tokens; a word's are the tokens from two before to three after its first
 * sub-word, each with its offset.
 */
final class Neighbours {
  private final int count;
  private final double sharpness;
  private final Index index;

  /**
   * Indexes the retained items.
   *
   * @param count k
   * @param sharpness a neighbour of cosine s weighs e^{sharpness·s}
   */
  Neighbours(int count, double sharpness, List<? extends Input> retained) {
    this.count = count;
    this.sharpness = sharpness;
    this.index = new Index(retained);
  }

  /** An item's share of agreeing neighbours, 0 to 1, for each item of {@code queries} in order. */
  double[] support(List<? extends Input> queries) {
    double[] out = new double[queries.stream().mapToInt(s -> s.labels().length).sum()];
    int next = 0;
    for (Input s : queries) {
      for (int k = 0; k < s.labels().length; k++) {
        out[next++] = vote(index.cosines(features(s, k)), index.labels, s.labels()[k]);
      }
    }
    return out;
  }

  private double vote(float[] cosines, int[] labels, int label) {
    int[] nearest = largest(cosines, Math.min(count, cosines.length));
    double top = cosines[nearest[0]];
    double agree = 0;
    double all = 0;
    for (int i : nearest) {
      double w = Math.exp(sharpness * (cosines[i] - top));
      all += w;
      agree += labels[i] == label ? w : 0;
    }
    return agree / all;
  }

  /** Positions of the {@code k} largest values, the largest first, the earlier of equals first. */
  static int[] largest(float[] values, int k) {
    int[] best = new int[k];
    int n = 0;
    for (int i = 0; i < values.length; i++) {
      if (n == k && values[i] <= values[best[k - 1]]) {
        continue;
      }
      int at = n < k ? n++ : k - 1;
      while (at > 0 && values[best[at - 1]] < values[i]) {
        best[at] = best[at - 1];
        at--;
      }
      best[at] = i;
    }
    return best;
  }

  /** Features of item {@code k}, each as often as it occurs. */
  private static long[] features(Input input, int k) {
    if (!(input instanceof Sequence s)) {
      throw new InputException(
          "push=calibrated looks for neighbours among texts: choose push=plain");
    }
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

  /** An inverted index over retained items. */
  private static final class Index {
    private final int[] labels;
    private final Map<Long, Postings> postings = new HashMap<>();

    Index(List<? extends Input> rows) {
      labels = rows.stream().flatMapToInt(r -> Arrays.stream(r.labels())).toArray();
      float[] square = new float[labels.length];
      List<Map<Long, Float>> counted = new ArrayList<>(labels.length);
      for (Input s : rows) {
        for (int k = 0; k < s.labels().length; k++) {
          counted.add(counts(features(s, k)));
        }
      }
      for (int i = 0; i < labels.length; i++) {
        int item = i;
        counted
            .get(i)
            .forEach((f, tf) -> postings.computeIfAbsent(f, x -> new Postings()).add(item, tf));
      }
      for (Postings p : postings.values()) {
        p.weigh(labels.length, square);
      }
      for (Postings p : postings.values()) {
        p.normalise(square);
      }
    }

    /** Cosine of a query with every item. */
    float[] cosines(long[] query) {
      float[] out = new float[labels.length];
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
