package io.github.deepcut.data;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The DuckDB table function that reads a file, and what is text in it. In CSV and TSV all is; in
 * JSON the strings are, whatever they look like; Parquet says it of each column.
 */
public record TabularScan(Path path, String extension) {
  /** What DuckDB takes strings of JSON for. */
  private static final String OF_STRINGS =
      "DATE|TIME|TIMESTAMP(?:_\\w+)?|(?:TIME|TIMESTAMP) WITH TIME ZONE|UUID|INTERVAL";

  /** Such a type somewhere in another, but not in a quoted name. */
  private static final Pattern NESTED =
      Pattern.compile("\"(?:[^\"]|\"\")*\"|(?<=^|[ (])(?:" + OF_STRINGS + ")(?=[,)\\[]|$)");

  /**
   * The columns in the order of the file, and what they are declared as. Of JSON, whose types are
   * guessed from all rows: strings that all are dates are such, as are numbers; mixed columns are
   * text. What it is read as, {@link #read} tells.
   */
  public Map<String, String> types(Connection connection) throws SQLException {
    Map<String, String> types = new LinkedHashMap<>();
    try (var statement = connection.createStatement();
        ResultSet result = statement.executeQuery("DESCRIBE SELECT * FROM " + call(""))) {
      while (result.next()) {
        types.put(result.getString(1), isJson() ? json(result.getString(2)) : result.getString(2));
      }
    }
    return types;
  }

  private static String json(String guessed) {
    if (guessed.matches("JSON|UUID|INTERVAL")) {
      return "VARCHAR";
    }
    return guessed.matches(OF_STRINGS)
        ? guessed
        : NESTED
            .matcher(guessed)
            .replaceAll(m -> m.group().startsWith("\"") ? quote(m) : "VARCHAR");
  }

  private static String quote(MatchResult match) {
    return java.util.regex.Matcher.quoteReplacement(match.group());
  }

  /** What the labels are; {@code DOUBLE} where a text file's are numbers, and not all whole. */
  public String labels(Connection connection, Map<String, String> declared) throws SQLException {
    if (!isText() || !declared.containsKey("label")) {
      return declared.getOrDefault("label", "VARCHAR");
    }
    String query =
        "SELECT bool_and(TRY_CAST(label AS DOUBLE) IS NOT NULL)"
            + " AND NOT bool_and(regexp_full_match(label, '[+-]?[0-9]+')) FROM ";
    try (var statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query + typed(declared))) {
      result.next();
      return result.getBoolean(1) ? "DOUBLE" : "VARCHAR";
    }
  }

  private boolean isJson() {
    return extension.startsWith("json");
  }

  /** Whether nothing but text is in the file. */
  boolean isText() {
    return extension.equals("csv") || extension.equals("tsv");
  }

  /** The type in which {@link #typed} gives a column: text wherever digits could get lost. */
  String read(String column, String declared) {
    String asWritten = TabularRows.asWritten(column);
    if (isJson() && asWritten != null) {
      return asWritten;
    }
    boolean guess = isJson() && (declared.equals("DOUBLE") || declared.matches(OF_STRINGS));
    return guess ? "VARCHAR" : declared;
  }

  /**
   * The file with the columns as {@link #read} says.
   *
   * @param types the declared ones
   */
  public String typed(Map<String, String> types) {
    if (!isJson()) {
      return call("");
    }
    List<String> fields = new ArrayList<>();
    types.forEach(
        (name, type) -> fields.add(DuckDb.literal(name) + ": " + DuckDb.literal(read(name, type))));
    return call(fields.stream().collect(Collectors.joining(", ", ", columns = {", "}")));
  }

  /** The path as a pattern that matches it alone. */
  String pattern() {
    return path.toString().replaceAll("[\\[*?]", "[$0]");
  }

  private String call(String columns) {
    String file = DuckDb.literal(pattern());
    return switch (extension) {
      case "parquet" -> "read_parquet(" + file + ", hive_partitioning = false)";
      case "json", "jsonl" ->
          "read_json(" + file + ", hive_partitioning = false, sample_size = -1" + columns + ")";
      default -> // no line of it is a comment, and none above the header is skipped
          ("read_csv(%s, delim = %s, quote = '\"', escape = '\"', header = true, comment = '',"
                  + " skip = 0, all_varchar = true, hive_partitioning = false)")
              .formatted(file, DuckDb.literal(extension.equals("tsv") ? "\t" : ","));
    };
  }
}
