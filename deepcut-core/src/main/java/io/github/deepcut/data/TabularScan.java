package io.github.deepcut.data;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The DuckDB table function that reads a file, and what is text in it. In CSV and TSV all is; in
 * JSON the strings are, whatever they look like; Parquet says it of each column.
 *
 * @param path the file
 * @param extension which says what kind of file it is
 * @param names what numbers in columns of classes stand for
 * @param own the file's columns and what they are declared as
 */
public record TabularScan(Path path, String extension, ClassNames names, Map<String, String> own) {
  /** What DuckDB takes strings of JSON for. */
  private static final String OF_STRINGS =
      "DATE|TIME|TIMESTAMP(?:_\\w+)?|(?:TIME|TIMESTAMP) WITH TIME ZONE|UUID|INTERVAL";

  /** Such a type somewhere in another, but not in a quoted name. */
  private static final Pattern NESTED =
      Pattern.compile("\"(?:[^\"]|\"\")*\"|(?<=^|[ (])(?:" + OF_STRINGS + ")(?=[,)\\[]|$)");

  /**
   * Looks at a file.
   *
   * @param source the file; {@code path} where it lies unpacked
   */
  public static TabularScan of(Connection connection, SourceFile source, Path path)
      throws SQLException {
    Path folder = source.path().toAbsolutePath().getParent();
    ClassNames names = ClassNames.of(connection, path, source.extension(), folder);
    TabularScan bare = new TabularScan(path, source.extension(), names, Map.of());
    Map<String, String> own = new LinkedHashMap<>();
    try (var statement = connection.createStatement();
        ResultSet result = statement.executeQuery("DESCRIBE SELECT * FROM " + bare.call(""))) {
      while (result.next()) {
        String type = result.getString(2);
        own.put(result.getString(1), bare.isJson() ? json(type) : type);
      }
    }
    return new TabularScan(path, source.extension(), names, own);
  }

  /**
   * The columns in the order of the file, under the names that examples have them by, and what they
   * are declared as. Of JSON, whose types are guessed from all rows: strings that all are dates are
   * such, as are numbers; mixed columns are text. What it is read as, {@link #read} tells.
   */
  public Map<String, String> types() {
    return names.types(own);
  }

  /**
   * Whether the file has the columns of examples under their own names, with nothing to look up.
   */
  public boolean isPlain() {
    return types().equals(own);
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
  public String labels(Connection connection) throws SQLException {
    Map<String, String> declared = types();
    if (!isText() || !declared.containsKey("label")) {
      return declared.getOrDefault("label", "VARCHAR");
    }
    String query =
        "SELECT bool_and(TRY_CAST(label AS DOUBLE) IS NOT NULL)"
            + " AND NOT bool_and(regexp_full_match(label, '[+-]?[0-9]+')) FROM ";
    try (var statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query + typed())) {
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

  /** The file with the columns as {@link #types} and {@link #read} say. */
  public String typed() {
    String file = call(isJson() ? columns() : "");
    return isPlain() ? file : "(SELECT " + names.select(own) + " FROM " + file + ")";
  }

  private String columns() {
    return own.entrySet().stream()
        .map(
            c -> DuckDb.literal(c.getKey()) + ": " + DuckDb.literal(read(c.getKey(), c.getValue())))
        .collect(Collectors.joining(", ", ", columns = {", "}"));
  }

  /** The path as a pattern that matches it alone. */
  String pattern() {
    return pattern(path);
  }

  static String pattern(Path path) {
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
