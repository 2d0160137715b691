package io.github.deepcut.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Makes the ids of a file's examples. */
public final class ExampleIds {
  private ExampleIds() {}

  /**
   * An id that several sentences share becomes {@code id#0}, {@code id#1}, …; one that is null
   * becomes the position.
   */
  public static List<String> numbered(List<String> raw, SourceFile source) {
    Map<String, Integer> counts = new HashMap<>();
    raw.forEach(id -> counts.merge(String.valueOf(id), 1, Integer::sum));
    Map<String, Integer> next = new HashMap<>();
    List<String> ids = new ArrayList<>(raw.size());
    for (String id : raw) {
      if (id == null) {
        ids.add(Integer.toString(ids.size()));
      } else if (counts.get(id) == 1) {
        ids.add(id);
      } else {
        ids.add(id + "#" + (next.merge(id, 1, Integer::sum) - 1));
      }
    }
    requireUnique(ids, source);
    return ids;
  }

  /** Throws an InputException that names the first id that comes twice, and where. */
  static void requireUnique(List<String> ids, SourceFile source) {
    requireUnique(IntStream.range(0, ids.size()), ids::get, source);
  }

  /** The same among {@code rows}, ascending. */
  static void requireUnique(IntStream rows, IntFunction<String> idOf, SourceFile source) {
    Map<String, Integer> seen = new HashMap<>();
    rows.forEach(
        row -> {
          String id = idOf.apply(row);
          Integer before = seen.putIfAbsent(id, row);
          if (before != null) {
            throw source.wrong(
                "id '%s' of row %d was already used by row %d".formatted(id, row + 1, before + 1));
          }
        });
  }
}
