package io.github.deepcut.unlearn;

import io.github.deepcut.data.Sequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Draws retained sequences to meet a batch of forgotten ones: half of them share a class with an
 * anchor, so that there is something to be pushed from; the others are drawn from all of D_r.
 */
final class Partners {
  private final List<Sequence> retain;
  private final Classes classes;
  private final Map<Integer, List<Sequence>> byClass = new HashMap<>();

  Partners(List<Sequence> retain, Classes classes) {
    this.retain = retain;
    this.classes = classes;
    for (Sequence row : retain) {
      classes
          .anchored(row)
          .forEach(c -> byClass.computeIfAbsent(c, key -> new ArrayList<>()).add(row));
    }
  }

  List<Sequence> draw(List<Sequence> forget, int count, SplittableRandom random) {
    List<Integer> wanted = forget.stream().flatMapToInt(classes::anchored).boxed().toList();
    List<Sequence> out = new ArrayList<>(count);
    for (int k = 0; k < count / 2 && !wanted.isEmpty(); k++) {
      int c = wanted.get(random.nextInt(wanted.size()));
      List<Sequence> pool = byClass.getOrDefault(c, retain);
      out.add(pool.get(random.nextInt(pool.size())));
    }
    while (out.size() < count) {
      out.add(retain.get(random.nextInt(retain.size())));
    }
    return out;
  }
}
