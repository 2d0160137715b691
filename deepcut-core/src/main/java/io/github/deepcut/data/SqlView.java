package io.github.deepcut.data;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** A file as DuckDB is shown it, under the name {@code data}: read for each question anew. */
public final class SqlView implements SqlData {
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

  /** The file's columns and what they are declared as. */
  private final Map<String, String> declared;

  /**
   * The definition of each column, by its name; those of {@link #declared} stand for themselves.
   */
  private final Map<String, String> columns = new LinkedHashMap<>();

  /**
   * @param declared the file's columns and what they are declared as
   */
  public SqlView(TabularScan scan, Task task, Map<String, String> declared) {
    this.scan = scan;
    this.declared = declared;
    String position = "CAST(row_number() OVER () - 1 AS INTEGER)";
    put("position", position);
    put("id", "CAST(" + (declared.containsKey("id") ? "id" : position) + " AS VARCHAR)");
    boolean tagged = task == Task.NER;
    if (tagged) {
      put("tokens", "CAST(tokens AS VARCHAR[])");
      put("tags", "CAST(tags AS VARCHAR[])");
    } else {
      put("text", "CAST(text AS VARCHAR)");
      put("text_pair", declared.containsKey("text_pair") ? "CAST(text_pair AS VARCHAR)" : "NULL");
      put("label", "CAST(label AS VARCHAR)");
    }
    declared.keySet().forEach(name -> put(name, null));
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
  public List<String> columns() {
    return List.copyOf(columns.keySet());
  }

  @Override
  public void create(Connection connection, Predicate<String> named) throws SQLException {
    Map<String, String> asked = new LinkedHashMap<>();
    columns.forEach(
        (name, definition) -> {
          if (definition == null && named.test(name)) {
            asked.put(name, declared.get(name));
          }
        });
    Map<String, String> types = ColumnTypes.of(connection, scan, declared, asked.keySet());
    String select =
        columns.keySet().stream()
            .map(name -> definition(name, types) + " AS " + DuckDb.name(name))
            .collect(Collectors.joining(", ", "SELECT ", " FROM " + scan.typed()));
    try (var statement = connection.createStatement()) {
      statement.execute(OPENS);
      statement.execute(ENTITIES);
      statement.execute("CREATE VIEW data AS " + select);
      statement.execute(
          "SET allowed_paths = [%s, %s]" // it asks for the pattern first, then for what matches
              .formatted(DuckDb.literal(scan.path().toString()), DuckDb.literal(scan.pattern())));
    }
  }

  private String definition(String name, Map<String, String> types) {
    String own = columns.get(name);
    return own == null
        ? "CAST(%s AS %s)".formatted(DuckDb.name(name), types.getOrDefault(name, "VARCHAR"))
        : own;
  }
}
