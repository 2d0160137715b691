package io.github.deepcut.unlearn.deepcut.target;

import io.github.deepcut.data.Input;
import io.github.deepcut.data.Sequence;
import io.github.deepcut.train.Batches;
import io.github.deepcut.unlearn.similar.SimilarRows;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.LongToIntFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * A linear tagger that is trained on the retained sentences in a moment: multinomial logistic
 * regression on the word, its pieces, the two words on either side, the pairs with its neighbours,
 * and the bag of the sentence's tokens; a few epochs of AdaGrad (Duchi, Hazan and Singer, 2011), so
 * that little is learnt by heart. How easy a word is: minus its log loss; and the cosine of its
 * sentence to the nearest retained one, because an encoder does better than a linear tagger on a
 * sentence whose pattern it knows. No step is longer than {@link #RATE}, so it cannot diverge.
 */
final class LinearTagger implements DifficultyModel {
  private static final int EPOCHS = 3;

  /** Keeps the log of a loss of 0 finite. */
  private static final double EPSILON = 1e-3;

  private static final float RATE = 0.15f;

  /** A class whose probability is as near to the truth as this is left as it is. */
  private static final float LEARNT = 1e-3f;

  /** As many levels of a measure, each with at least {@link #LEAST} of the forgotten words. */
  private static final int LEVELS = 10;

  private static final int LEAST = 4;

  private final int classes;
  private final Map<Long, Integer> known = new HashMap<>();
  private final float[] weights; // (feature, class)
  private final float[] squares; // of their gradients, summed
  private final SimilarRows index;

  LinearTagger(List<? extends Input> retained, int classes, SplittableRandom random) {
    this.classes = classes;
    index = SimilarRows.among(retained);
    List<Features> rows =
        retained.stream()
            .map(r -> Features.of(r, f -> known.computeIfAbsent(f, x -> known.size())))
            .toList();
    weights = new float[known.size() * classes];
    squares = new float[weights.length];
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      for (int r : Batches.sample(rows.size(), rows.size(), random)) {
        learn(rows.get(r), retained.get(r).labels());
      }
    }
  }

  /** One step for each word of a sentence, and then one for its bag. */
  private void learn(Features row, int[] labels) {
    float[] ofBag = new float[classes];
    add(row.bag, row.share(), ofBag);
    float[] inAll = new float[classes];
    for (int k = 0; k < labels.length; k++) {
      if (labels[k] >= 0) {
        float[] error = probabilities(row.words[k], ofBag);
        error[labels[k]]--;
        descend(row.words[k], 1, error);
        for (int c = 0; c < classes; c++) {
          inAll[c] += error[c];
        }
      }
    }
    descend(row.bag, row.share(), inAll);
  }

  private void descend(int[] features, float value, float[] error) {
    for (int f : features) {
      for (int c = 0; c < classes; c++) {
        float gradient = value * error[c];
        if (Math.abs(error[c]) > LEARNT) {
          int at = f * classes + c;
          squares[at] += gradient * gradient;
          weights[at] -= RATE * gradient / (float) Math.sqrt(squares[at]);
        }
      }
    }
  }

  private void add(int[] features, float value, float[] scores) {
    for (int f : features) {
      for (int c = 0; f >= 0 && c < classes; c++) {
        scores[c] += value * weights[f * classes + c];
      }
    }
  }

  private float[] probabilities(int[] word, float[] ofBag) {
    float[] p = ofBag.clone();
    add(word, 1, p);
    float most = Float.NEGATIVE_INFINITY;
    for (float score : p) {
      most = Math.max(most, score);
    }
    float sum = 0;
    for (int c = 0; c < classes; c++) {
      p[c] = (float) Math.exp(p[c] - most);
      sum += p[c];
    }
    for (int c = 0; c < classes; c++) {
      p[c] /= sum;
    }
    return p;
  }

  @Override
  public double[][] ease(List<? extends Input> rows) {
    List<Input> sentences = List.copyOf(rows);
    double[] nearest = new double[sentences.size()];
    index.nearest(sentences, 1, (r, n) -> nearest[r] = n.cosine(0));
    double[][] out = new double[2][sentences.stream().mapToInt(s -> s.labels().length).sum()];
    int item = 0;
    for (int r = 0; r < nearest.length; r++) {
      Features row = Features.of(sentences.get(r), f -> known.getOrDefault(f, -1));
      int[] labels = sentences.get(r).labels();
      float[] ofBag = new float[classes];
      add(row.bag, row.share(), ofBag);
      for (int k = 0; k < labels.length; k++, item++) {
        double p = labels[k] < 0 ? 1 : probabilities(row.words[k], ofBag)[labels[k]];
        out[0][item] = -Math.log(EPSILON - Math.log(Math.max(p, Float.MIN_NORMAL)));
        out[1][item] = nearest[r];
      }
    }
    return out;
  }

  /** Quantiles. */
  @Override
  public double[] edges(double[] forgotten) {
    double[] sorted = Arrays.stream(forgotten).sorted().toArray();
    int levels = Math.max(1, Math.min(LEVELS, sorted.length / LEAST));
    return IntStream.range(1, levels)
        .mapToDouble(l -> sorted[l * sorted.length / levels])
        .toArray();
  }

  /** The tagger knows that some classes are harder than others. */
  @Override
  public boolean matchesClasses() {
    return false;
  }

  /** The numbers of a sentence's features, -1 where one has none: of each word, and of the bag. */
  private record Features(int[][] words, int[] bag) {
    private static final long NO_WORD = -1;

    static Features of(Input input, LongToIntFunction number) {
      Sequence s = (Sequence) input;
      int[] ids = s.ids();
      int[] starts = s.positions();
      long[] word = new long[starts.length + 4]; // from two before the first on
      Arrays.fill(word, NO_WORD);
      for (int k = 0; k < starts.length; k++) {
        word[k + 2] = 0;
        for (int i = starts[k]; i < end(s, k); i++) {
          word[k + 2] = feature(0, word[k + 2], ids[i]);
        }
      }
      int[][] words = new int[starts.length][];
      for (int k = 0; k < words.length; k++) {
        LongStream.Builder all = LongStream.builder().add(feature(1, 0, 0));
        for (int o = 0; o < 5; o++) {
          all.add(feature(2 + o, word[k + o], 0));
        }
        all.add(feature(7, word[k + 1], word[k + 2])).add(feature(8, word[k + 2], word[k + 3]));
        for (int i = starts[k]; i < end(s, k); i++) {
          all.add(feature(i == starts[k] ? 9 : 10, ids[i], 0));
        }
        all.add(feature(11, ids[end(s, k) - 1], 0));
        words[k] = all.build().mapToInt(number).toArray();
      }
      LongStream tokens = IntStream.range(1, ids.length - 1).mapToLong(i -> feature(12, ids[i], 0));
      return new Features(words, tokens.mapToInt(number).toArray());
    }

    private static int end(Sequence s, int k) {
      return k + 1 < s.positions().length ? s.positions()[k + 1] : s.ids().length - 1;
    }

    /** A hash of 64 bits (the finaliser of SplitMix64): two features do not share one. */
    private static long feature(int kind, long a, long b) {
      long h = (kind * 0x9E3779B97F4A7C15L + a) * 0xBF58476D1CE4E5B9L + b;
      h = (h ^ (h >>> 30)) * 0xBF58476D1CE4E5B9L;
      h = (h ^ (h >>> 27)) * 0x94D049BB133111EBL;
      return h ^ (h >>> 31);
    }

    /** The value of a token of the bag: its vector is about of unit length. */
    float share() {
      return (float) (1 / Math.sqrt(Math.max(1, bag.length)));
    }
  }
}
