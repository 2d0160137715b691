package io.github.deepcut.data;

import static java.util.Locale.ROOT;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.deepcut.run.InputException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Evaluates a person's SQL condition over a table, and nothing but a condition. */
final class SqlCondition {
  private static final ObjectMapper JSON = new ObjectMapper();

  private SqlCondition() {}

  /**
   * Where {@code condition} holds.
   *
   * @throws InputException if it is no single expression, or fails, or compares a text with what
   *     would read it as another: the condition, the message and the columns that it may name
   */
  static SqlFound find(String condition, Table table) {
    SqlData data = data(table);
    // The line break ends a trailing "--" comment before the closing parenthesis.
    String where = " FROM data WHERE (" + condition + "\n)";
    try (Connection connection = DuckDb.open()) {
      JsonNode select = requireOneSelect(connection, "SELECT position" + where);
      requireOneSelect(connection, "SELECT position FROM data WHERE " + condition);
      Predicate<String> named = named(select);
      data.create(connection, named);
      SqlComparisons.check(connection, select);
      lock(connection);
      List<String> told = data.columns().stream().filter(named).filter(SqlFound::tells).toList();
      SqlFound found = found(connection, told, where);
      if (found.positions().length == 0) {
        UnicodeForms.requireNone(connection, condition);
      }
      return found;
    } catch (SQLException e) {
      throw new InputException(
          "condition \"%s\": %s; the columns are: %s"
              .formatted(
                  oneLine(condition), DuckDb.firstLine(e), String.join(", ", data.columns())),
          e);
    }
  }

  private static void lock(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute("SET enable_external_access = false");
      statement.execute("SET lock_configuration = true");
    }
  }

  private static SqlFound found(Connection connection, List<String> told, String where)
      throws SQLException {
    String columns =
        told.stream()
            .map(c -> ", CAST(" + DuckDb.name(c) + " AS VARCHAR)")
            .collect(Collectors.joining());
    var values = SqlFound.tally(told);
    IntStream.Builder positions = IntStream.builder();
    try (var statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery("SELECT position" + columns + where + " ORDER BY position")) {
      while (result.next()) {
        positions.add(result.getInt(1));
        for (int k = 0; k < told.size(); k++) {
          values.get(told.get(k)).merge(result.getString(k + 2), 1, Integer::sum);
        }
      }
    }
    return new SqlFound(positions.build().toArray(), values);
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
  private static JsonNode requireOneSelect(Connection connection, String query)
      throws SQLException {
    JsonNode tree = parse(connection, query);
    if (tree.path("error").asBoolean()) {
      throw new SQLException(tree.path("error_message").asText());
    }
    JsonNode statements = tree.path("statements");
    if (statements.size() != 1
        || !statements.path(0).path("node").path("type").asText().equals("SELECT_NODE")) {
      throw new SQLException("expected one condition, found more than that");
    }
    return tree;
  }

  /** Which columns a statement may name; case is nothing to DuckDB. */
  private static Predicate<String> named(JsonNode select) {
    if (select.findValuesAsText("class").contains("STAR")) {
      return name -> true;
    }
    Set<String> names = new HashSet<>();
    select
        .findValues("column_names")
        .forEach(parts -> parts.forEach(part -> names.add(part.asText().toLowerCase(ROOT))));
    return name -> names.contains(name.toLowerCase(ROOT));
  }

  /** What DuckDB's parser makes of a statement. */
  static JsonNode parse(Connection connection, String query) throws SQLException {
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
