package io.github.deepcut.data.read;

import io.github.deepcut.data.Dataset;
import io.github.deepcut.data.DuckDb;
import io.github.deepcut.data.RowFile;
import io.github.deepcut.data.RowIndex;
import io.github.deepcut.data.SourceFile;
import io.github.deepcut.data.SqlView;
import io.github.deepcut.data.StoredExamples;
import io.github.deepcut.data.Table;
import io.github.deepcut.data.TabularRows;
import io.github.deepcut.data.TabularScan;
import io.github.deepcut.data.Task;
import io.github.deepcut.run.InputException;
import io.github.deepcut.run.Scratch;
import io.github.deepcut.run.Unchanged;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Reads files that are too large to be held in memory. A plain JSON Lines file is used as it is;
 * from any other, DuckDB first writes one into a temporary file, without the columns that are no
 * part of the examples. It lies in this process's {@link Scratch} folder, has no name any more once
 * it is open, and goes with the process. If the file changes while it is in use, that ends the run.
 */
final class LargeReader {
  private final SourceFile source;
  private final Task task;
  private final Unchanged unchanged;

  private LargeReader(SourceFile source, Task task) {
    this.source = source;
    this.task = task;
    this.unchanged = Unchanged.of(List.of(source.path()));
  }

  static Table read(SourceFile source, Task task) {
    LargeReader reader = new LargeReader(source, task);
    try (Connection connection = DuckDb.open()) {
      return reader.read(connection);
    } catch (SQLException e) {
      throw new InputException(source.name() + ": " + DuckDb.firstLine(e), e);
    } catch (IOException e) {
      throw source.unreadable(e);
    }
  }

  private Table read(Connection connection) throws SQLException, IOException {
    TabularScan scan = TabularScan.of(connection, source, source.path());
    Map<String, String> types = scan.types();
    new TabularRows(source, task, types).requireColumns(scan.labels(connection));
    boolean withIds = types.containsKey("id");
    boolean lines = source.extension().equals("jsonl") && !source.gzip() && scan.isPlain();
    RowFile file = lines ? index(source.path(), withIds) : null;
    if (file == null) {
      file = copied(connection, scan, withIds);
    }
    if (file.size() == 0) {
      throw source.wrong("it holds no rows");
    }
    file.requireUniqueIds();
    unchanged.require();
    StoredExamples examples = StoredExamples.of(file, new SqlView(scan, task, types));
    return new Table(new Dataset(task, source.name(), examples), examples.ids(), List.of());
  }

  /** Opens a file of JSON Lines; null if a line of it is not one plain row. */
  private RowFile index(Path path, boolean withIds) throws IOException {
    RowIndex index = new RowIndex(source, task, withIds);
    try (InputStream in = Files.newInputStream(path)) {
      if (!index.read(in, 0)) {
        return null;
      }
    }
    return new RowFile(source, task, new RowFile.Opened(FileChannel.open(path), unchanged), index);
  }

  private RowFile copied(Connection connection, TabularScan scan, boolean withIds)
      throws SQLException, IOException {
    Path copy = Files.createTempFile(Scratch.folder(), "rows", ".jsonl");
    try (var statement = connection.createStatement()) {
      statement.execute(
          scan.types().keySet().stream()
              .filter(name -> TabularRows.asWritten(name) != null)
              .map(n -> "CAST(%1$s AS %2$s) AS %1$s".formatted(n, TabularRows.asWritten(n)))
              .collect(
                  Collectors.joining(
                      ", ",
                      "COPY (SELECT ",
                      " FROM %s) TO %s (FORMAT json)"
                          .formatted(scan.typed(), DuckDb.literal(copy.toString())))));
    }
    RowFile file = index(copy, withIds);
    Files.delete(copy); // an open file stays readable
    if (file == null) {
      throw source.wrong("a row of it cannot be written as JSON");
    }
    return file;
  }
}
