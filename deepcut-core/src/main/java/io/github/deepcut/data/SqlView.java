package io.github.deepcut.data;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** A file as DuckDB is shown it, under the name {@code data}: read for each question anew. */
final class SqlView implements SqlData {
  /** Whether an entity opens at word {@code i}, from 1: the rules of {@link Mention}. */
  private static final String OPENS =
      "CREATE MACRO opens(tags, i) AS tags[i] <> 'O' AND (tags[i][1] IN ('B', 'S', 'U')"
          + " OR coalesce(tags[i - 1], 'O')[1] IN ('O', 'E', 'L', 'S', 'U')"
          + " OR substr(tags[i], 3) <> substr(tags[i - 1], 3))";

  /** The words of each, joined by blanks: up to the next that opens, to O, or to the end. */
  private static final String ENTITIES =
      "CREATE MACRO entities(tokens, tags) AS [array_to_string(tokens[s:list_min([e for e in"
          + " range(s + 1, len(tags) + 2) if e > len(tags) OR tags[e] = 'O' OR opens(tags, e)])"
          + " - 1], ' ') for s in range(1, len(tags) + 1) if opens(tags, s)]";

  private final TabularScan scan;
  private final String from;

  /** The definition of each column, by its name. */
  private final Map<String, String> columns = new LinkedHashMap<>();

  /**
   * @param types the file's columns and what DuckDB takes them for
   */
  SqlView(TabularScan scan, Task task, Map<String, String> types) {
    this.scan = scan;
    from = scan.typed(types);
    String position = "CAST(row_number() OVER () - 1 AS INTEGER)";
    put("position", position);
    put("id", "CAST(" + (types.containsKey("id") ? "id" : position) + " AS VARCHAR)");
    boolean tagged = task == Task.NER;
    if (tagged) {
      put("tokens", "CAST(tokens AS VARCHAR[])");
      put("tags", "CAST(tags AS VARCHAR[])");
    } else {
      put("text", "CAST(text AS VARCHAR)");
      put("text_pair", types.containsKey("text_pair") ? "CAST(text_pair AS VARCHAR)" : "NULL");
      put("label", "CAST(label AS VARCHAR)");
    }
    types.keySet().forEach(name -> put(name, DuckDb.name(name)));
    if (tagged) {
      String words = columns.get("tokens");
      put("text", "array_to_string(" + words + ", ' ')");
      put("entities", "entities(" + words + ", " + columns.get("tags") + ")");
    }
  }

  /** DuckDB takes no notice of case. */
  private void put(String name, String definition) {
    if (columns.keySet().stream().noneMatch(name::equalsIgnoreCase)) {
      columns.put(name, definition);
    }
  }

  @Override
  public String names() {
    return String.join(", ", columns.keySet());
  }

  @Override
  public void create(Connection connection) throws SQLException {
    String select =
        columns.entrySet().stream()
            .map(c -> c.getValue() + " AS " + DuckDb.name(c.getKey()))
            .collect(Collectors.joining(", ", "SELECT ", " FROM " + from));
    try (var statement = connection.createStatement()) {
      statement.execute(OPENS);
      statement.execute(ENTITIES);
      statement.execute("CREATE VIEW data AS " + select);
      statement.execute(
          "SET allowed_paths = [%s, %s]" // it asks for the pattern first, then for what matches
              .formatted(DuckDb.literal(scan.path().toString()), DuckDb.literal(scan.pattern())));
    }
  }
}
