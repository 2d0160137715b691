package io.github.deepcut.data;

import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;

/** Rows of model input that are made when they are asked for; their classes are known before. */
public abstract class LazySequences extends AbstractList<Sequence> implements RandomAccess {

  /** The classes of a row's items, each at least once, -1 where unknown; takes no making. */
  public abstract int[] classes(int row);

  /** How many tokens a row has. */
  public int length(int row) {
    return get(row).length();
  }

  /** The same for any list. */
  public static int length(List<? extends Input> rows, int row) {
    return rows instanceof LazySequences lazy ? lazy.length(row) : rows.get(row).length();
  }

  /** {@link #classes(int)} for any list. */
  public static int[] classes(List<? extends Input> rows, int row) {
    return rows instanceof LazySequences lazy ? lazy.classes(row) : rows.get(row).labels();
  }
}
