package io.github.deepcut.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.deepcut.run.InputException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.stream.IntStream;

/** Evaluates a person's SQL condition over a table, and nothing but a condition. */
final class SqlCondition {
  private static final ObjectMapper JSON = new ObjectMapper();

  private SqlCondition() {}

  /**
   * The positions where {@code condition} holds.
   *
   * @throws InputException if it is no single expression, or fails: the condition, DuckDB's message
   *     and the columns that it may name
   */
  static int[] positions(String condition, Table table) {
    SqlData columns = data(table);
    // The line break ends a trailing "--" comment before the closing parenthesis.
    String query = "SELECT position FROM data WHERE (" + condition + "\n)";
    try (Connection connection = DuckDb.open()) {
      requireOneSelect(connection, query);
      requireOneSelect(connection, "SELECT position FROM data WHERE " + condition);
      columns.create(connection);
      try (var statement = connection.createStatement()) {
        statement.execute("SET enable_external_access = false");
        statement.execute("SET lock_configuration = true");
        try (ResultSet result = statement.executeQuery(query + " ORDER BY position")) {
          IntStream.Builder positions = IntStream.builder();
          while (result.next()) {
            positions.add(result.getInt(1));
          }
          return positions.build().toArray();
        }
      }
    } catch (SQLException e) {
      throw new InputException(
          "condition \"%s\": %s; the columns are: %s"
              .formatted(oneLine(condition), DuckDb.firstLine(e), columns.names()),
          e);
    }
  }

  private static SqlData data(Table table) {
    return table.dataset().examples() instanceof StoredExamples stored && stored.view() != null
        ? stored.view()
        : SqlTable.of(table);
  }

  /**
   * Lets DuckDB's parser judge. What parses as one plain SELECT both inside parentheses and without
   * them closes none that it did not open, and adds no clause or statement.
   */
  private static void requireOneSelect(Connection connection, String query) throws SQLException {
    JsonNode tree = parse(connection, query);
    if (tree.path("error").asBoolean()) {
      throw new SQLException(tree.path("error_message").asText());
    }
    JsonNode statements = tree.path("statements");
    if (statements.size() != 1
        || !statements.path(0).path("node").path("type").asText().equals("SELECT_NODE")) {
      throw new SQLException("expected one condition, found more than that");
    }
  }

  private static JsonNode parse(Connection connection, String query) throws SQLException {
    try (var statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery("SELECT json_serialize_sql(" + DuckDb.literal(query) + ")")) {
      result.next();
      return JSON.readTree(result.getString(1));
    } catch (JsonProcessingException e) {
      throw new SQLException("the parser's answer is no JSON", e);
    }
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\s+", " ").strip();
  }
}
