package io.github.deepcut.train;

import io.github.deepcut.data.Input;
import io.github.deepcut.data.LazySequences;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.RandomAccess;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Cuts shuffled data into batches of similar length. */
public final class Batches {
  /** Batches whose rows are sorted together; a batch is padded little, yet drawn at random. */
  private static final int POOL = 32;

  private Batches() {}

  /** Every row once, in random batches of {@code size}. */
  public static <T extends Input> List<List<T>> shuffled(
      List<? extends T> data, int size, SplittableRandom random) {
    int[] order = IntStream.range(0, data.size()).toArray();
    for (int i = order.length - 1; i > 0; i--) {
      swap(order, i, random.nextInt(i + 1));
    }
    List<List<T>> batches = new ArrayList<>();
    for (int from = 0; from < order.length; from += size * POOL) {
      int[] pool =
          Arrays.stream(order, from, Math.min(order.length, from + size * POOL))
              .boxed()
              .sorted(Comparator.comparingInt(row -> LazySequences.length(data, row)))
              .mapToInt(row -> row)
              .toArray();
      for (int k = 0; k < pool.length; k += size) {
        int[] rows = Arrays.copyOfRange(pool, k, Math.min(pool.length, k + size));
        batches.add(new Chosen<>(data, rows));
      }
    }
    shuffle(batches, random);
    return batches;
  }

  /** Some rows of the data, asked for when they are needed. */
  private static final class Chosen<T> extends AbstractList<T> implements RandomAccess {
    private final List<? extends T> data;
    private final int[] rows;

    Chosen(List<? extends T> data, int[] rows) {
      this.data = data;
      this.rows = rows;
    }

    @Override
    public int size() {
      return rows.length;
    }

    @Override
    public T get(int i) {
      return data.get(rows[i]);
    }
  }

  /** Fisher–Yates. */
  public static <T> void shuffle(List<T> list, SplittableRandom random) {
    for (int i = list.size() - 1; i > 0; i--) {
      Collections.swap(list, i, random.nextInt(i + 1));
    }
  }

  /** {@code count} different indices below {@code n}, all of them when n is smaller. */
  public static int[] sample(int n, int count, SplittableRandom random) {
    int[] all = new int[n];
    Arrays.setAll(all, i -> i);
    int k = Math.min(n, count);
    for (int i = 0; i < k; i++) {
      swap(all, i, i + random.nextInt(n - i));
    }
    return Arrays.copyOf(all, k);
  }

  private static void swap(int[] all, int i, int j) {
    int t = all[i];
    all[i] = all[j];
    all[j] = t;
  }
}
