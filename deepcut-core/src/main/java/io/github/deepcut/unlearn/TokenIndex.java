package io.github.deepcut.unlearn;

import io.github.deepcut.data.Input;
import io.github.deepcut.data.Sequence;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * An inverted index over the tokens of texts: cosines of tf-idf vectors. A sentence's features are
 * its tokens; a word's are the tokens from two before to three after its first sub-word, each with
 * its offset.
 */
final class TokenIndex implements Neighbours.Index {
  /** Rows that one thread compares before the next take their turn. */
  private static final int CHUNK = 32;

  private final int size;
  private final Map<Long, Postings> postings = new HashMap<>();

  TokenIndex(List<? extends Input> rows) {
    int item = 0;
    for (Input s : rows) {
      for (int k = 0; k < s.labels().length; k++) {
        int i = item++;
        counts(s, k, (f, tf) -> postings.computeIfAbsent(f, x -> new Postings()).add(i, tf));
      }
    }
    size = item;
    float[] square = new float[size];
    for (Postings p : postings.values()) {
      p.weigh(size, square);
    }
    for (Postings p : postings.values()) {
      p.normalise(square);
    }
  }

  @Override
  public void nearest(List<? extends Input> rows, int count, Each each) {
    List<Input> asked = List.copyOf(rows); // each made once, where rows are lazy
    int[] first = new int[asked.size() + 1];
    for (int r = 0; r < asked.size(); r++) {
      first[r + 1] = first[r] + asked.get(r).labels().length;
    }
    IntStream.range(0, (asked.size() + CHUNK - 1) / CHUNK)
        .parallel()
        .forEach(
            chunk -> {
              Scores scores = new Scores(size);
              int to = Math.min(asked.size(), (chunk + 1) * CHUNK);
              for (int r = chunk * CHUNK; r < to; r++) {
                for (int k = 0; k < first[r + 1] - first[r]; k++) {
                  each.accept(first[r] + k, nearest(asked.get(r), k, count, scores));
                }
              }
            });
  }

  /** The retained items of the highest cosines with item {@code k}. */
  private Nearest nearest(Input row, int k, int count, Scores scores) {
    float[] square = {0};
    counts(
        row,
        k,
        (f, tf) -> {
          Postings p = postings.get(f);
          if (p != null) {
            float weight = tf * p.idf;
            square[0] += weight * weight;
            p.addTo(scores, weight);
          }
        });
    return scores.take(count, square[0] > 0 ? (float) (1 / Math.sqrt(square[0])) : 0);
  }

  private interface Counted {
    void accept(long feature, float tf);
  }

  /** Tells each feature of item {@code k} once, with 1 + ln of how often it occurs. */
  private static void counts(Input row, int k, Counted each) {
    long[] features = features(row, k);
    Arrays.sort(features);
    for (int from = 0, to; from < features.length; from = to) {
      to = from + 1;
      while (to < features.length && features[to] == features[from]) {
        to++;
      }
      each.accept(features[from], 1 + (float) Math.log(to - from));
    }
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

    void addTo(Scores scores, float weight) {
      for (int i = 0; i < size; i++) {
        scores.add(items[i], weight * weights[i]);
      }
    }
  }

  /** What a query has in common with each item, nothing with most. */
  private static final class Scores {
    private final float[] score;
    private final int[] touched;
    private int count;

    Scores(int size) {
      score = new float[size];
      touched = new int[size];
    }

    void add(int item, float more) {
      if (score[item] == 0) {
        touched[count++] = item;
      }
      score[item] += more;
    }

    /** The items of the highest scores, which are scaled; then all scores are 0 again. */
    Nearest take(int most, float scale) {
      Nearest nearest = new Nearest(most);
      for (int i = 0; i < count; i++) {
        nearest.offer(touched[i], score[touched[i]] * scale);
      }
      for (int item = 0; !nearest.isFull(); item++) {
        if (score[item] == 0) {
          nearest.offer(item, 0);
        }
      }
      for (int i = 0; i < count; i++) {
        score[touched[i]] = 0;
      }
      count = 0;
      return nearest;
    }
  }
}
