package io.github.deepcut.data;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;
import java.util.Set;
import java.util.stream.IntStream;

/** Examples that stay in their file and are read, again each time, when they are asked for. */
public final class StoredExamples extends AbstractList<Example> implements RandomAccess {
  /** A selection of no more than this many is read at once and held. */
  public static final int HELD = 10_000;

  private final RowFile file;

  /** What a condition is asked of; null for a selection. */
  private final SqlView view;

  /** The rows of a selection; null for all. */
  private final int[] rows;

  private StoredExamples(RowFile file, SqlView view, int[] rows) {
    this.file = file;
    this.view = view;
    this.rows = rows;
  }

  public static StoredExamples of(RowFile file, SqlView view) {
    return new StoredExamples(file, view, null);
  }

  @Override
  public int size() {
    return rows == null ? file.size() : rows.length;
  }

  @Override
  public Example get(int i) {
    return file.read(row(i));
  }

  private int row(int i) {
    return rows == null ? java.util.Objects.checkIndex(i, size()) : rows[i];
  }

  /** The different labels of an example, without reading it. */
  List<String> labels(int i) {
    return file.labels(row(i));
  }

  /** A hash of what each example says: {@link Content#hash}. */
  long[] contents() {
    long[] all = file.contents();
    return rows == null ? all : Arrays.stream(rows).mapToLong(row -> all[row]).toArray();
  }

  /** The id of an example. */
  String id(int i) {
    return file.id(row(i));
  }

  List<Example> select(int[] positions) {
    return positions.length <= HELD
        ? Arrays.stream(positions).mapToObj(this::get).toList()
        : new StoredExamples(file, null, Arrays.stream(positions).map(this::row).toArray());
  }

  /** Their ids. */
  public List<String> ids() {
    return new Ids(this);
  }

  /** The positions among which all are that have one of the ids. */
  IntStream mayHave(Set<String> ids) {
    return rows == null ? file.mayHave(ids) : IntStream.range(0, size());
  }

  /** The whole file as DuckDB is shown it; null for a selection. */
  SqlView view() {
    file.requireUnchanged();
    return view;
  }

  /** A list as it is if it is read from a file, else an unmodifiable copy. */
  static <T> List<T> kept(List<T> list) {
    return list instanceof StoredExamples || list instanceof Ids ? list : List.copyOf(list);
  }

  private static final class Ids extends AbstractList<String> implements RandomAccess {
    private final StoredExamples examples;

    Ids(StoredExamples examples) {
      this.examples = examples;
    }

    @Override
    public int size() {
      return examples.size();
    }

    @Override
    public String get(int i) {
      return examples.id(i);
    }
  }
}
