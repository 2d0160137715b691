package io.github.deepcut.data;

import java.sql.Connection;
import java.sql.SQLException;

/** What a condition is asked of: {@code data}, in DuckDB. */
interface SqlData {
  /** Its columns, for messages. */
  String names();

  /** Makes {@code data}, and allows what it reads from later on. */
  void create(Connection connection) throws SQLException;
}
