package io.github.deepcut.data;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a condition holds for.
 *
 * @param positions ascending
 * @param values of each other column that it names, how many of these rows have each value; the key
 *     null where it is missing
 */
record SqlFound(int[] positions, Map<String, Map<String, Integer>> values) {

  /** Columns whose values are not told: the example itself, and what stands for it. */
  private static final List<String> EXAMPLE =
      List.of("position", "id", "text", "text_pair", "tokens", "tags", "entities");

  static SqlFound of(int[] positions) {
    return new SqlFound(positions, Map.of());
  }

  /** Whether the values of a column are told where a condition names it. */
  static boolean tells(String column) {
    return EXAMPLE.stream().noneMatch(column::equalsIgnoreCase);
  }

  /** Room for the values of these columns. */
  static Map<String, Map<String, Integer>> tally(List<String> columns) {
    Map<String, Map<String, Integer>> values = new LinkedHashMap<>();
    columns.forEach(column -> values.put(column, new LinkedHashMap<>()));
    return values;
  }
}
