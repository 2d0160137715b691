package io.github.deepcut.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes the ids of a file's examples. */
final class ExampleIds {
  private ExampleIds() {}

  /**
   * An id that several sentences share becomes {@code id#0}, {@code id#1}, …; one that is null
   * becomes the position.
   */
  static List<String> numbered(List<String> raw, SourceFile source) {
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
    Map<String, Integer> rows = new HashMap<>();
    for (int i = 0; i < ids.size(); i++) {
      Integer before = rows.putIfAbsent(ids.get(i), i);
      if (before != null) {
        throw source.wrong(
            "id '%s' of row %d was already used by row %d"
                .formatted(ids.get(i), i + 1, before + 1));
      }
    }
  }
}
