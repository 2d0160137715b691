package io.github.deepcut.data;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** An in-memory DuckDB that fetches nothing and writes nothing. */
public final class DuckDb {
  private DuckDb() {}

  public static Connection open() throws SQLException {
    Connection connection = DriverManager.getConnection("jdbc:duckdb:");
    DuckDbLibrary.tidy();
    try (var statement = connection.createStatement()) {
      statement.execute("SET autoinstall_known_extensions = false");
      statement.execute("SET autoload_known_extensions = false");
      statement.execute("SET temp_directory = ''");
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /** A text as an SQL literal. */
  public static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /** A column's name as an SQL identifier. */
  static String name(String column) {
    return '"' + column.replace("\"", "\"\"") + '"';
  }

  /** DuckDB's message without the pages that may follow its first line. */
  public static String firstLine(SQLException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("").strip();
  }
}
