package io.github.deepcut.data;

import io.github.deepcut.run.InputException;
import io.github.deepcut.run.Unchanged;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * An open file of JSON Lines whose rows are read when they are asked for. In memory are, for each
 * row, where it begins, what labels it has, and hashes of its content and of its id: 28 bytes.
 *
 * <p>The channel is closed with the last reference to it.
 */
public final class RowFile {
  private final SourceFile source;
  private final Task task;
  private final Opened opened;

  /** Where each row begins, and where the last one ends. */
  private final long[] starts;

  private final int[] kinds;
  private final List<List<String>> names;

  private final long[] contents;

  /** Null where the ids are the positions. */
  private final long[] idHashes;

  /**
   * Where the rows are.
   *
   * @param channel of the file itself, or of a copy in another format
   * @param unchanged asks whether the file is still the one that was indexed
   */
  public record Opened(FileChannel channel, Unchanged unchanged) {}

  public RowFile(SourceFile source, Task task, Opened opened, RowIndex index) {
    this.source = source;
    this.task = task;
    this.opened = opened;
    this.starts = index.starts();
    this.kinds = index.kinds();
    this.names = index.names();
    this.contents = index.contents();
    this.idHashes = index.idHashes();
  }

  public int size() {
    return kinds.length;
  }

  /** The label of a row, or its different tags in alphabetical order. */
  List<String> labels(int row) {
    return names.get(kinds[row]);
  }

  /** A hash of what each row says: {@link Content#hash}. */
  long[] contents() {
    return contents;
  }

  /**
   * Reads a row.
   *
   * @throws InputException if the file cannot be read any more, or was changed
   */
  public Example read(int row) {
    requireUnchanged();
    ByteBuffer bytes = ByteBuffer.allocate((int) (starts[row + 1] - starts[row]));
    try {
      while (bytes.hasRemaining()
          && opened.channel().read(bytes, starts[row] + bytes.position())
              >= 0) {} // to the row's end
    } catch (IOException e) {
      throw source.unreadable(e);
    }
    RawRow raw = RawRow.parse(bytes.array(), 0, bytes.position());
    if (raw == null) {
      throw wrong(row, "the file was changed while it was in use");
    }
    return idHashes == null
        ? raw.withId(Integer.toString(row)).example(task, m -> wrong(row, m))
        : raw.example(task, m -> wrong(row, m));
  }

  /**
   * Complains if the file is not what it was.
   *
   * @throws InputException then
   */
  void requireUnchanged() {
    opened.unchanged().require();
  }

  /** The id of a row: its position where the file brings no ids, else read. */
  String id(int row) {
    return idHashes == null ? Integer.toString(row) : read(row).id();
  }

  /** The rows that may have one of the ids, ascending: all that have, hardly any that have not. */
  IntStream mayHave(Set<String> ids) {
    if (idHashes == null) {
      return IntStream.range(0, size()).filter(row -> ids.contains(Integer.toString(row)));
    }
    long[] wanted = ids.stream().mapToLong(RowIndex::hash).sorted().toArray();
    return IntStream.range(0, size())
        .filter(row -> Arrays.binarySearch(wanted, idHashes[row]) >= 0);
  }

  /** Throws an InputException that names the first id that comes twice, and where. */
  public void requireUniqueIds() {
    if (idHashes == null) {
      return;
    }
    long[] sorted = idHashes.clone();
    Arrays.sort(sorted);
    long[] twice =
        IntStream.range(1, sorted.length)
            .filter(i -> sorted[i] == sorted[i - 1])
            .mapToLong(i -> sorted[i])
            .toArray();
    IntStream rows =
        IntStream.range(0, twice.length == 0 ? 0 : size())
            .filter(row -> Arrays.binarySearch(twice, idHashes[row]) >= 0);
    ExampleIds.requireUnique(rows, row -> read(row).id(), source);
  }

  private InputException wrong(int row, String message) {
    return source.wrong("row " + (row + 1) + ": " + message);
  }
}
