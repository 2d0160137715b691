package io.github.deepcut.data;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Predicate;

/** What a condition is asked of: {@code data}, in DuckDB. */
interface SqlData {
  /** Its columns. */
  List<String> columns();

  /**
   * Makes {@code data}, and allows what it reads from later on.
   *
   * @param named whether a column is named by what will be asked
   */
  void create(Connection connection, Predicate<String> named) throws SQLException;
}
