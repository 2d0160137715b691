package io.github.deepcut.unlearn.loop;

import io.github.deepcut.data.Input;
import io.github.deepcut.data.LazySequences;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Draws retained sequences to meet a batch of forgotten ones: half of them share a class with an
 * anchor, so that there is something to be pushed from; the others are drawn from all of D_r.
 */
public final class RetainSampler {
  private final List<? extends Input> retain;
  private final Classes classes;
  private final Map<Integer, int[]> byClass = new HashMap<>();

  /**
   * Sorts retained rows by class, without reading more of them than their labels.
   *
   * @param retain D_r
   * @param classes which labels are of one class
   */
  public RetainSampler(List<? extends Input> retain, Classes classes) {
    this.retain = retain;
    this.classes = classes;
    Map<Integer, IntStream.Builder> rows = new HashMap<>();
    for (int row = 0; row < retain.size(); row++) {
      int r = row;
      classes
          .anchored(LazySequences.classes(retain, row))
          .forEach(c -> rows.computeIfAbsent(c, key -> IntStream.builder()).add(r));
    }
    rows.forEach((c, found) -> byClass.put(c, found.build().toArray()));
  }

  /**
   * {@return retained rows, with replacement}
   *
   * @param forget rows of D_f, whose classes half of them share
   * @param count how many
   * @param random what draws
   */
  public List<Input> draw(List<? extends Input> forget, int count, SplittableRandom random) {
    List<Integer> wanted =
        forget.stream().flatMapToInt(row -> classes.anchored(row.labels())).boxed().toList();
    List<Input> out = new ArrayList<>(count);
    for (int k = 0; k < count / 2 && !wanted.isEmpty(); k++) {
      int c = wanted.get(random.nextInt(wanted.size()));
      int[] pool = byClass.get(c);
      out.add(
          retain.get(
              pool == null ? random.nextInt(retain.size()) : pool[random.nextInt(pool.length)]));
    }
    while (out.size() < count) {
      out.add(retain.get(random.nextInt(retain.size())));
    }
    return out;
  }
}
