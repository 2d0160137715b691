package io.github.deepcut.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * Refuses what would take rows that are written otherwise: DuckDB reads a text that is compared
 * with a number, date or boolean as one, so that {@code age = '007'} is true of 7, and {@code
 * record = 12.1} of a text 12.14. A text may be compared with such a column where it is exactly
 * what the column's values look like.
 */
final class SqlComparisons {
  /** Functions that compare a value with others. */
  private static final String COMPARING =
      "(list|array)_(contains|has|has_any|has_all|position|indexof)|contains|nullif|greatest|least";

  private static final List<String> READ_AS =
      List.of("BIGINT", "HUGEINT", "DOUBLE", "DATE", "TIME", "TIMESTAMP");

  /** Values that equal another one, or that lie beyond all others. */
  private static final String NOT_PLAIN = "-0\\.0|-?nan|-?inf(inity)?";

  private final Connection connection;

  private SqlComparisons(Connection connection) {
    this.connection = connection;
  }

  /**
   * Looks at all comparisons of a condition.
   *
   * @param select a SELECT over {@code data}, parsed
   * @throws SQLException if one is refused
   */
  static void check(Connection connection, JsonNode select) throws SQLException {
    new SqlComparisons(connection).visit(select);
  }

  private void visit(JsonNode node) throws SQLException {
    List<JsonNode> operands = operands(node);
    if (!operands.isEmpty()) {
      compare(operands, node.path("class").asText().equals("FUNCTION"));
    }
    for (JsonNode child : node) {
      visit(child);
    }
  }

  private static List<JsonNode> operands(JsonNode node) {
    return switch (node.path("class").asText()) {
      case "COMPARISON" -> List.of(node.get("left"), node.get("right"));
      case "BETWEEN" -> List.of(node.get("input"), node.get("lower"), node.get("upper"));
      case "OPERATOR" ->
          node.path("type").asText().endsWith("_IN") ? list(node.get("children")) : List.of();
      case "FUNCTION" ->
          node.path("function_name").asText().matches(COMPARING)
              ? list(node.get("children"))
              : List.of();
      default -> List.of();
    };
  }

  private static List<JsonNode> list(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).toList();
  }

  private void compare(List<JsonNode> operands, boolean lists) throws SQLException {
    List<Operand> all = typed(operands, lists);
    List<Operand> texts = all.stream().filter(Operand::isText).toList();
    List<Operand> others = all.stream().filter(o -> !o.isText() && !o.isNull()).toList();
    for (Operand text : texts) {
      for (Operand other : others) {
        if (!text.isConstant()) {
          throw new SQLException(
              "%s is text, and %s is %s: put the value into quotes, or CAST the text"
                  .formatted(text.sql, other.sql, other.type));
        }
        requireWritten(text, other.type);
      }
    }
  }

  /**
   * A part of a comparison.
   *
   * @param type null where DuckDB cannot tell it outside of its lambda or subquery
   */
  private record Operand(JsonNode tree, String sql, String type) {
    boolean isText() {
      return type == null ? isConstantText() : type.equals("VARCHAR");
    }

    boolean isNull() {
      return type != null && type.equals("\"NULL\"");
    }

    boolean isConstant() {
      return tree.findParent("column_names") == null
          && tree.findValuesAsText("class").stream().noneMatch("SUBQUERY"::equals);
    }

    private boolean isConstantText() {
      boolean cast =
          tree.path("class").asText().equals("CAST")
              && tree.at("/cast_type/id").asText().equals("VARCHAR");
      return cast || tree.at("/value/type/id").asText().equals("VARCHAR");
    }
  }

  /** The operands with their types; of functions, of what their lists hold. */
  private List<Operand> typed(List<JsonNode> operands, boolean lists) throws SQLException {
    List<Operand> typed = new ArrayList<>();
    for (JsonNode operand : operands) {
      String sql = sql(operand);
      String type = type(sql);
      typed.add(
          new Operand(
              operand, sql, lists && type != null ? type.replaceAll("\\[\\d*]", "") : type));
    }
    return typed;
  }

  /** An expression as SQL. */
  private String sql(JsonNode expression) throws SQLException {
    ObjectNode statement = (ObjectNode) SqlCondition.parse(connection, "SELECT 1");
    ((ArrayNode) statement.at("/statements/0/node/select_list")).removeAll().add(expression);
    String select = one("SELECT json_deserialize_sql(" + DuckDb.literal(statement + "") + ")");
    return select.substring("SELECT ".length());
  }

  private String type(String sql) {
    try (var statement = connection.createStatement();
        ResultSet result = statement.executeQuery("DESCRIBE SELECT " + sql + " FROM data")) {
      result.next();
      return result.getString(2);
    } catch (SQLException e) {
      return null; // the condition itself will say what is wrong with it, if anything is
    }
  }

  /** Refuses a constant text that, read as {@code type}, would be written otherwise. */
  private void requireWritten(Operand text, String type) throws SQLException {
    String written = one("SELECT CAST((" + text.sql + ") AS VARCHAR)");
    List<String> read = new ArrayList<>();
    for (String as : type == null ? READ_AS : List.of(type)) {
      String value = one("SELECT CAST(TRY_CAST((%s) AS %s) AS VARCHAR)".formatted(text.sql, as));
      if (value != null) {
        read.add(value);
      }
    }
    if (type != null && type.matches("DOUBLE|FLOAT|DATE|TIMESTAMP.*")) {
      requirePlain(text.sql, read);
    }
    if (written != null && !read.isEmpty() && !read.contains(written)) {
      throw new SQLException(
          "%s would be read as %s: write that, or compare CAST(… AS VARCHAR) with the text"
              .formatted(text.sql, read.get(0)));
    }
  }

  private static void requirePlain(String sql, List<String> read) throws SQLException {
    if (read.stream().anyMatch(value -> value.matches(NOT_PLAIN))) {
      throw new SQLException(
          sql
              + " would be read as no plain value: use isnan, isinf, or compare CAST(… AS VARCHAR)");
    }
  }

  /** The first value of a query's first row. */
  private String one(String query) throws SQLException {
    try (var statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      result.next();
      return result.getString(1);
    }
  }
}
