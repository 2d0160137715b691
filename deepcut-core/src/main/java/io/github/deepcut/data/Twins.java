package io.github.deepcut.data;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The examples of two parts that say the same. Of rows on disk those alone are read that have a
 * twin, or nearly one.
 *
 * @param here positions in the one part's data
 * @param there positions in the other's
 */
record Twins(Found here, Found there) {

  /**
   * Positions, ascending.
   *
   * @param exact of those with the same content
   * @param near of those whose content is the same but for case, punctuation, blanks and Unicode
   *     form, and not of {@code exact}
   */
  record Found(int[] exact, int[] near) {
    private static final Found NONE = new Found(new int[0], new int[0]);

    /** All of them, ascending. */
    int[] all() {
      int[] all = Arrays.copyOf(exact, size());
      System.arraycopy(near, 0, all, exact.length, near.length);
      Arrays.sort(all);
      return all;
    }

    int size() {
      return exact.length + near.length;
    }
  }

  /**
   * Some rows of a dataset.
   *
   * @param contents a hash of each of its rows, see {@link Dataset#contents}
   */
  record Part(Dataset data, int[] rows, long[] contents) {
    int[] among(LongSet wanted) {
      return Arrays.stream(rows).filter(i -> wanted.contains(contents[i])).toArray();
    }

    LongSet hashes(int[] some) {
      return new LongSet(Arrays.stream(some).mapToLong(i -> contents[i]));
    }

    Map<Integer, Object> read(int[] some) {
      Map<Integer, Object> said = new HashMap<>();
      Arrays.stream(some).forEach(i -> said.put(i, Content.exact(data.examples().get(i))));
      return said;
    }
  }

  static Twins of(Part one, Part other) {
    if (one.rows().length > other.rows().length) {
      Twins turned = of(other, one);
      return new Twins(turned.there, turned.here);
    }
    int[] there = other.among(one.hashes(one.rows()));
    if (there.length == 0) {
      return new Twins(Found.NONE, Found.NONE);
    }
    int[] here = one.among(other.hashes(there));
    Map<Integer, Object> mine = one.read(here);
    Map<Integer, Object> its = other.read(there);
    return new Twins(found(here, mine, its), found(there, its, mine));
  }

  private static Found found(int[] rows, Map<Integer, Object> own, Map<Integer, Object> others) {
    Set<Object> said = others.values().stream().collect(Collectors.toSet());
    return new Found(
        Arrays.stream(rows).filter(i -> said.contains(own.get(i))).toArray(),
        Arrays.stream(rows).filter(i -> !said.contains(own.get(i))).toArray());
  }
}
