package io.github.deepcut.data;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Notes where the rows of a file of JSON Lines are and what they are labelled; checks them all. */
public final class RowIndex {
  private final SourceFile source;
  private final Task task;
  private final boolean withIds;
  private final Map<List<String>, Integer> kindOf = new HashMap<>();

  private int rows;
  private long[] starts = new long[1024];
  private int[] kinds = new int[1024];
  private long[] idHashes;
  private long[] contents = new long[1024];

  /**
   * @param withIds whether the rows bring ids; else their positions are theirs
   */
  public RowIndex(SourceFile source, Task task, boolean withIds) {
    this.source = source;
    this.task = task;
    this.withIds = withIds;
    this.idHashes = withIds ? new long[1024] : null;
  }

  /**
   * Takes in the rest of a file.
   *
   * @param offset where in the file {@code in} begins
   * @return whether every line is a row that {@link RawRow#parse} understands
   * @throws io.github.deepcut.run.InputException if a value is missing or breaks a rule
   */
  public boolean read(InputStream in, long offset) throws IOException {
    boolean[] plain = {true};
    long[] end = {offset};
    Lines.each(
        in,
        offset,
        (start, bytes, from, length) -> {
          plain[0] = plain[0] && add(start, RawRow.parse(bytes, from, length));
          end[0] = start + length;
        });
    finish(end[0]);
    return plain[0];
  }

  private boolean add(long start, RawRow raw) {
    if (raw == null) {
      return false;
    }
    if (rows + 1 == kinds.length) {
      starts = Arrays.copyOf(starts, 2 * rows + 2);
      kinds = Arrays.copyOf(kinds, 2 * rows + 2);
      contents = Arrays.copyOf(contents, 2 * rows + 2);
      idHashes = withIds ? Arrays.copyOf(idHashes, 2 * rows + 2) : null;
    }
    RawRow whole = withIds ? raw : raw.withId("");
    Example example = whole.example(task, m -> source.wrong("row " + (rows + 1) + ": " + m));
    starts[rows] = start;
    kinds[rows] = kindOf.computeIfAbsent(labels(example), names -> kindOf.size());
    contents[rows] = Content.hash(example);
    if (withIds) {
      idHashes[rows] = hash(example.id());
    }
    rows++;
    return true;
  }

  private static List<String> labels(Example example) {
    return example instanceof TaggedSentence sentence
        ? List.copyOf(new TreeSet<>(sentence.tags()))
        : List.of(((LabeledText) example).label());
  }

  private void finish(long end) {
    starts = Arrays.copyOf(starts, rows + 1);
    starts[rows] = end;
    kinds = Arrays.copyOf(kinds, rows);
    contents = Arrays.copyOf(contents, rows);
    idHashes = withIds ? Arrays.copyOf(idHashes, rows) : null;
  }

  /** 64 bits of a text: FNV-1a over its characters, mixed. */
  static long hash(String text) {
    long h = 0xcbf29ce484222325L;
    for (int i = 0; i < text.length(); i++) {
      h = (h ^ text.charAt(i)) * 0x100000001b3L;
    }
    h ^= h >>> 32;
    h *= 0xd6e8feb86659fd93L;
    return h ^ (h >>> 32);
  }

  /** Where each row begins in the file, and the end of the last. */
  long[] starts() {
    return starts;
  }

  /** What each row is labelled: a place in {@link #names}. */
  int[] kinds() {
    return kinds;
  }

  /** The labels that rows have: a sentence's one, or the different tags of a tagged one. */
  List<List<String>> names() {
    List<List<String>> names = new ArrayList<>(java.util.Collections.nCopies(kindOf.size(), null));
    kindOf.forEach((name, kind) -> names.set(kind, name));
    return names;
  }

  /** A hash of each row's id; null where the ids are the positions. */
  long[] idHashes() {
    return idHashes;
  }

  /** What each row says: {@link Content#hash}. */
  long[] contents() {
    return contents;
  }
}
