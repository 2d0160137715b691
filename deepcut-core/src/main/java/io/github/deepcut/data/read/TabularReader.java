package io.github.deepcut.data.read;

import io.github.deepcut.data.ColumnTypes;
import io.github.deepcut.data.DuckDb;
import io.github.deepcut.data.SourceFile;
import io.github.deepcut.data.Table;
import io.github.deepcut.data.TabularRows;
import io.github.deepcut.data.TabularScan;
import io.github.deepcut.data.Task;
import io.github.deepcut.run.InputException;
import io.github.deepcut.run.Scratch;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;

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
      Path plain = Files.createTempFile(Scratch.folder(), "rows", ".parquet");
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
    try (Connection connection = DuckDb.open()) {
      TabularScan scan = TabularScan.of(connection, source, path);
      Map<String, String> declared = scan.types();
      TabularRows rows = new TabularRows(source, task, declared);
      rows.requireColumns(scan.labels(connection));
      Map<String, String> types = ColumnTypes.of(connection, scan, declared, rows.extras());
      try (var statement = connection.createStatement();
          ResultSet result = statement.executeQuery(rows.select(scan.typed()))) {
        while (result.next()) {
          rows.add(result);
        }
      }
      return rows.table(types);
    } catch (SQLException e) {
      throw new InputException(source.name() + ": " + DuckDb.firstLine(e), e);
    }
  }
}
