package io.github.deepcut.train;

import io.github.deepcut.data.Input;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/** Cuts shuffled data into batches of similar length. */
public final class Batches {
  /** Batches whose rows are sorted together; a batch is padded little, yet drawn at random. */
  private static final int POOL = 32;

  private Batches() {}

  /** Every row once, in random batches of {@code size}. */
  public static <T extends Input> List<List<T>> shuffled(
      List<? extends T> data, int size, SplittableRandom random) {
    List<T> order = new ArrayList<>(data);
    shuffle(order, random);
    List<List<T>> batches = new ArrayList<>();
    for (int from = 0; from < order.size(); from += size * POOL) {
      List<T> pool =
          new ArrayList<>(order.subList(from, Math.min(order.size(), from + size * POOL)));
      pool.sort(Comparator.comparingInt(s -> s.length()));
      for (int k = 0; k < pool.size(); k += size) {
        batches.add(pool.subList(k, Math.min(pool.size(), k + size)));
      }
    }
    shuffle(batches, random);
    return batches;
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
      int j = i + random.nextInt(n - i);
      int t = all[i];
      all[i] = all[j];
      all[j] = t;
    }
    return Arrays.copyOf(all, k);
  }
}
