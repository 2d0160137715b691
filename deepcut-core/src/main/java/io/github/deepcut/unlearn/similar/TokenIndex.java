package io.github.deepcut.unlearn.similar;

import io.github.deepcut.data.Input;
import io.github.deepcut.data.Sequence;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** An inverted index over the tokens of sentences: cosines of tf-idf vectors. */
final class TokenIndex implements SimilarRows {
  /** Rows that one thread compares before the next take their turn. */
  private static final int CHUNK = 32;

  private final int size;
  private final Map<Integer, Postings> postings = new HashMap<>();

  TokenIndex(List<? extends Input> rows) {
    size = rows.size();
    for (int row = 0; row < size; row++) {
      int i = row;
      counts(rows.get(row), (t, tf) -> postings.computeIfAbsent(t, x -> new Postings()).add(i, tf));
    }
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
    IntStream.range(0, (asked.size() + CHUNK - 1) / CHUNK)
        .parallel()
        .forEach(
            chunk -> {
              Scores scores = new Scores(size);
              int to = Math.min(asked.size(), (chunk + 1) * CHUNK);
              for (int r = chunk * CHUNK; r < to; r++) {
                each.accept(r, nearest(asked.get(r), count, scores));
              }
            });
  }

  /** The retained sentences of the highest cosines. */
  private Nearest nearest(Input row, int count, Scores scores) {
    float[] square = {0};
    counts(
        row,
        (token, tf) -> {
          Postings p = postings.get(token);
          if (p != null) {
            float weight = tf * p.idf;
            square[0] += weight * weight;
            p.addTo(scores, weight);
          }
        });
    return scores.take(count, square[0] > 0 ? (float) (1 / Math.sqrt(square[0])) : 0);
  }

  private interface Counted {
    void accept(int token, float tf);
  }

  /** Tells each token between the first and the last once, with 1 + ln of how often it occurs. */
  private static void counts(Input row, Counted each) {
    int[] ids = ((Sequence) row).ids();
    int[] tokens = Arrays.copyOfRange(ids, 1, Math.max(1, ids.length - 1));
    Arrays.sort(tokens);
    for (int from = 0, to; from < tokens.length; from = to) {
      to = from + 1;
      while (to < tokens.length && tokens[to] == tokens[from]) {
        to++;
      }
      each.accept(tokens[from], 1 + (float) Math.log(to - from));
    }
  }

  /** The sentences that have a token, and its weight in each. */
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
