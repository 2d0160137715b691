package io.github.deepcut.data;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The DuckDB table function that reads a file. */
record TabularScan(Path path, String extension) {
  /** The types that DuckDB sees, by column name, in the order of the file. */
  Map<String, String> types(Connection connection) throws SQLException {
    Map<String, String> types = new LinkedHashMap<>();
    try (var statement = connection.createStatement();
        ResultSet result = statement.executeQuery("DESCRIBE SELECT * FROM " + guessed())) {
      while (result.next()) {
        types.put(result.getString(1), result.getString(2));
      }
    }
    return types;
  }

  /** With the types that DuckDB guesses from all rows. */
  String guessed() {
    return call("");
  }

  /** With the columns that examples are made of read as they are written. */
  String typed(Map<String, String> types) {
    List<String> fields = new ArrayList<>();
    types.forEach(
        (name, type) -> {
          String asWritten = TabularRows.asWritten(name);
          boolean json = extension.startsWith("json");
          if (json || (asWritten != null && !asWritten.endsWith("[]"))) {
            fields.add(
                DuckDb.literal(name) + ": " + DuckDb.literal(asWritten == null ? type : asWritten));
          }
        });
    String option = extension.startsWith("json") ? ", columns = " : ", types = ";
    return call(
        fields.isEmpty()
            ? ""
            : fields.stream().collect(Collectors.joining(", ", option + "{", "}")));
  }

  /** The path as a pattern that matches it alone. */
  String pattern() {
    return path.toString().replaceAll("[\\[*?]", "[$0]");
  }

  private String call(String types) {
    String file = DuckDb.literal(pattern());
    return switch (extension) {
      case "parquet" -> "read_parquet(" + file + ", hive_partitioning = false)";
      case "json", "jsonl" ->
          "read_json(" + file + ", hive_partitioning = false, sample_size = -1" + types + ")";
      default ->
          ("read_csv(%s, delim = %s, quote = '\"', escape = '\"', header = true,"
                  + " sample_size = -1, hive_partitioning = false%s)")
              .formatted(file, DuckDb.literal(extension.equals("tsv") ? "\t" : ","), types);
    };
  }
}
