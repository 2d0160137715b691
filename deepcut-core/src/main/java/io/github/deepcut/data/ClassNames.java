package io.github.deepcut.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the numbers in a column of classes stand for, as HuggingFace's datasets say it: in the
 * metadata of a Parquet file, or in a {@code dataset_info.json} beside the file. A column {@code
 * ner_tags} is read as {@code tags}, one of {@code labels} as {@code label}, where there is none of
 * that name.
 *
 * @param names of the classes, by the column of the file
 */
record ClassNames(Map<String, List<String>> names) {
  private static final String FILE = "dataset_info.json";
  private static final Pattern NUMBERS = Pattern.compile("U?(TINY|SMALL|BIG)?INT(EGER)?(\\[])?");
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Other names of the columns that examples are made of. */
  private static final Map<String, String> ALIASES = Map.of("ner_tags", "tags", "labels", "label");

  private static final List<String> COLUMNS =
      ALIASES.entrySet().stream().flatMap(e -> Stream.of(e.getKey(), e.getValue())).toList();

  /** What is known of a file; nothing where nobody says it. */
  static ClassNames of(Connection connection, Path path, String extension, Path folder) {
    if (extension.equals("parquet")) {
      ClassNames own = of(metadata(connection, path).path("info").path("features"));
      if (!own.names().isEmpty()) {
        return own;
      }
    }
    Path beside = folder.resolve(FILE);
    try {
      return Files.isRegularFile(beside)
          ? of(JSON.readTree(Files.readString(beside)).path("features"))
          : new ClassNames(Map.of());
    } catch (IOException e) {
      return new ClassNames(Map.of()); // some other file of that name
    }
  }

  private static JsonNode metadata(Connection connection, Path path) {
    String query =
        "SELECT decode(value) FROM parquet_kv_metadata(%s) WHERE decode(key) = 'huggingface'"
            .formatted(DuckDb.literal(TabularScan.pattern(path)));
    try (var statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      return JSON.readTree(result.next() ? result.getString(1) : "{}");
    } catch (SQLException | IOException e) {
      return JSON.createObjectNode(); // what is wrong with the file is said when it is read
    }
  }

  private static ClassNames of(JsonNode features) {
    Map<String, List<String>> names = new LinkedHashMap<>();
    for (String column : COLUMNS) {
      JsonNode feature = features.path(column);
      JsonNode list =
          feature.has("names") ? feature.get("names") : feature.path("feature").path("names");
      List<String> its = new ArrayList<>();
      list.forEach(name -> its.add(name.asText()));
      if (!its.isEmpty()) {
        names.put(column, its);
      }
    }
    return new ClassNames(names);
  }

  private static String called(String column, Set<String> columns) {
    String other = ALIASES.getOrDefault(column, column);
    return columns.contains(other) ? column : other;
  }

  /** Columns and their declared types, as they are after {@link #select}. */
  Map<String, String> types(Map<String, String> columns) {
    Map<String, String> types = new LinkedHashMap<>();
    columns.forEach(
        (column, type) ->
            types.put(
                called(column, columns.keySet()),
                isNamed(column, type) ? type.endsWith("]") ? "VARCHAR[]" : "VARCHAR" : type));
    return types;
  }

  private boolean isNamed(String column, String type) {
    return names.containsKey(column) && NUMBERS.matcher(type).matches();
  }

  /**
   * The columns of a query, with names for numbers.
   *
   * @param columns of the file, and what they are declared as
   */
  String select(Map<String, String> columns) {
    return columns.entrySet().stream()
        .map(
            c ->
                value(c.getKey(), c.getValue())
                    + " AS "
                    + DuckDb.name(called(c.getKey(), columns.keySet())))
        .collect(Collectors.joining(", "));
  }

  private String value(String column, String type) {
    String name = DuckDb.name(column);
    if (!isNamed(column, type)) {
      return name;
    }
    return type.endsWith("]")
        ? "list_transform(%s, x -> %s)".formatted(name, named("x", column))
        : named(name, column);
  }

  private String named(String value, String column) {
    List<String> its = names.get(column);
    String list = its.stream().map(DuckDb::literal).collect(Collectors.joining(", ", "[", "]"));
    String v = "CAST(" + value + " AS BIGINT)";
    String beyond =
        "%s || %s || %s"
            .formatted(
                DuckDb.literal("column '" + column + "' holds "),
                v,
                DuckDb.literal(
                    ", expected 0 to %d, as its features say".formatted(its.size() - 1)));
    return "CASE WHEN %1$s IS NULL THEN NULL WHEN %1$s BETWEEN 0 AND %2$d THEN %3$s[%1$s + 1] ELSE error(%4$s) END"
        .formatted(v, its.size() - 1, list, beyond);
  }
}
