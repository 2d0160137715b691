package io.github.deepcut.data;

import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.LongStream;

/** A set of hashes that says no quickly, as it mostly will. */
final class LongSet {
  private static final int MASK = (1 << 20) - 1;

  private final long[] sorted;
  private final BitSet low = new BitSet(MASK + 1);

  LongSet(LongStream hashes) {
    sorted = hashes.sorted().toArray();
    Arrays.stream(sorted).forEach(h -> low.set((int) h & MASK));
  }

  boolean contains(long hash) {
    return low.get((int) hash & MASK) && Arrays.binarySearch(sorted, hash) >= 0;
  }
}
