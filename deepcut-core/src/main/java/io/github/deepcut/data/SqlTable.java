package io.github.deepcut.data;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/** A table as DuckDB is shown it, under the name {@code data}. */
final class SqlTable implements SqlData {
  /** A column: values are appended as {@code raw}, text or lists of text, then cast. */
  private record Field(String name, String raw, String type, IntFunction<Object> value) {}

  private final int rows;

  /** By name in lower case, for DuckDB takes no notice of case. */
  private final Map<String, Field> fields = new LinkedHashMap<>();

  private SqlTable(int rows) {
    this.rows = rows;
  }

  static SqlTable of(Table table) {
    SqlTable sql = new SqlTable(table.size());
    List<Example> examples = table.dataset().examples();
    sql.put(new Field("position", "VARCHAR", "INTEGER", Integer::toString));
    sql.put(new Field("id", "VARCHAR", idType(table), table.rawIds()::get));
    if (table.dataset().task() == Task.NER) {
      sql.put("tokens", "VARCHAR[]", i -> ((TaggedSentence) examples.get(i)).words());
      sql.put("tags", "VARCHAR[]", i -> ((TaggedSentence) examples.get(i)).tags());
    } else if (table.dataset().task() == Task.IMAGE) {
      sql.put("label", "VARCHAR", i -> ((LabeledImage) examples.get(i)).label());
    } else {
      sql.put("text", "VARCHAR", i -> ((LabeledText) examples.get(i)).text());
      sql.put("text_pair", "VARCHAR", i -> ((LabeledText) examples.get(i)).pair());
      sql.put("label", "VARCHAR", i -> ((LabeledText) examples.get(i)).label());
    }
    for (Column c : table.extras()) {
      sql.put(new Field(c.name(), "VARCHAR", c.type(), c.values()::get));
    }
    if (table.dataset().task() == Task.NER) {
      sql.put("text", "VARCHAR", i -> String.join(" ", ((TaggedSentence) examples.get(i)).words()));
      sql.put("entities", "VARCHAR[]", i -> entities((TaggedSentence) examples.get(i)));
    }
    return sql;
  }

  /** Images without names have their positions for ids, which compare as numbers. */
  private static String idType(Table table) {
    boolean positions =
        table.dataset().task() == Task.IMAGE
            && IntStream.range(0, table.size())
                .allMatch(i -> table.rawIds().get(i).equals(Integer.toString(i)));
    return positions ? "INTEGER" : "VARCHAR";
  }

  private void put(String name, String type, IntFunction<Object> value) {
    put(new Field(name, type, type, value));
  }

  private void put(Field field) {
    fields.putIfAbsent(field.name().toLowerCase(Locale.ROOT), field);
  }

  private static List<String> entities(TaggedSentence s) {
    return Mention.of(s.tags()).stream().map(m -> m.surface(s.words())).toList();
  }

  @Override
  public List<String> columns() {
    return fields.values().stream().map(Field::name).toList();
  }

  @Override
  public void create(Connection connection, Predicate<String> named) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute("CREATE TABLE raw (" + join(f -> column(f) + " " + f.raw()) + ")");
      fill(connection.unwrap(DuckDBConnection.class));
      String cast = join(f -> "CAST(" + column(f) + " AS " + f.type() + ") AS " + column(f));
      statement.execute("CREATE TABLE data AS SELECT " + cast + " FROM raw");
      statement.execute("DROP TABLE raw");
    }
  }

  private void fill(DuckDBConnection connection) throws SQLException {
    try (DuckDBAppender appender = connection.createAppender("raw")) {
      for (int i = 0; i < rows; i++) {
        appender.beginRow();
        for (Field field : fields.values()) {
          append(appender, field.value().apply(i));
        }
        appender.endRow();
      }
    }
  }

  private static void append(DuckDBAppender appender, Object value) throws SQLException {
    if (value instanceof Collection<?> list) {
      appender.append(list);
    } else {
      appender.append((String) value);
    }
  }

  private String join(Function<Field, String> part) {
    return fields.values().stream().map(part).collect(Collectors.joining(", "));
  }

  private static String column(Field field) {
    return DuckDb.name(field.name());
  }
}
