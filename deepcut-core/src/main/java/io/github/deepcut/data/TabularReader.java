package io.github.deepcut.data;

import io.github.deepcut.run.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads CSV, TSV, JSON, JSON Lines and Parquet by way of DuckDB. */
final class TabularReader {
  private final SourceFile source;
  private final Task task;

  private TabularReader(SourceFile source, Task task) {
    this.source = source;
    this.task = task;
  }

  static Table read(SourceFile source, Task task) {
    TabularReader reader = new TabularReader(source, task);
    if (!source.gzip() || !source.extension().equals("parquet")) {
      return reader.read(source.path());
    }
    try {
      Path plain = Files.createTempFile("deepcut", ".parquet");
      try (InputStream in = source.open()) {
        Files.copy(in, plain, StandardCopyOption.REPLACE_EXISTING);
        return reader.read(plain);
      } finally {
        Files.delete(plain);
      }
    } catch (IOException e) {
      throw source.unreadable(e);
    }
  }

  private Table read(Path path) {
    Scan scan = new Scan(path, source.extension());
    try (Connection connection = DuckDb.open()) {
      Map<String, String> types = types(connection, scan);
      TabularRows rows = new TabularRows(source, task, types);
      rows.requireColumns();
      try (var statement = connection.createStatement();
          ResultSet result = statement.executeQuery(rows.select(scan.typed(types)))) {
        while (result.next()) {
          rows.add(result);
        }
      }
      return rows.table();
    } catch (SQLException e) {
      throw new InputException(source.name() + ": " + DuckDb.firstLine(e), e);
    }
  }

  /** The types that DuckDB sees, by column name, in the order of the file. */
  private static Map<String, String> types(Connection connection, Scan scan) throws SQLException {
    Map<String, String> types = new LinkedHashMap<>();
    try (var statement = connection.createStatement();
        ResultSet result = statement.executeQuery("DESCRIBE SELECT * FROM " + scan.guessed())) {
      while (result.next()) {
        types.put(result.getString(1), result.getString(2));
      }
    }
    return types;
  }

  /** The table function that reads a file. */
  private record Scan(Path path, String extension) {
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
                  DuckDb.literal(name)
                      + ": "
                      + DuckDb.literal(asWritten == null ? type : asWritten));
            }
          });
      String option = extension.startsWith("json") ? ", columns = " : ", types = ";
      return call(
          fields.isEmpty()
              ? ""
              : fields.stream().collect(Collectors.joining(", ", option + "{", "}")));
    }

    private String call(String types) {
      String file = DuckDb.literal(path.toString().replaceAll("[\\[*?]", "[$0]"));
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
}
