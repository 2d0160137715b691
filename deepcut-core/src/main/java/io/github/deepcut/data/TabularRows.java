package io.github.deepcut.data;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Turns the rows of a DuckDB result into examples; rows are counted from 1 in messages. */
public final class TabularRows {
  private final SourceFile source;
  private final Task task;
  private final Map<String, String> types;
  private final List<String> extras;
  private final List<List<String>> extraValues;
  private final List<Example> examples = new ArrayList<>();

  /**
   * @param types the file's columns and what they are declared as
   */
  public TabularRows(SourceFile source, Task task, Map<String, String> types) {
    this.source = source;
    this.task = task;
    this.types = types;
    extras =
        types.keySet().stream()
            .filter(name -> !required().contains(name))
            .filter(name -> !name.equals("id") && !isPair(name))
            .toList();
    extraValues = Stream.<List<String>>generate(ArrayList::new).limit(extras.size()).toList();
  }

  /** The type to read a column of examples with, so that nothing is reformatted; else null. */
  public static String asWritten(String column) {
    return switch (column) {
      case "id", "text", "text_pair", "label" -> "VARCHAR";
      case "tokens", "tags" -> "VARCHAR[]";
      default -> null;
    };
  }

  private List<String> required() {
    return task == Task.NER ? List.of("tokens", "tags") : List.of("text", "label");
  }

  private boolean isPair(String column) {
    return task == Task.CLASSIFY && column.equals("text_pair");
  }

  /** The columns that are no part of the examples. */
  public List<String> extras() {
    return extras;
  }

  /**
   * Throws an InputException where a column is missing, or a label is no name.
   *
   * @param label what the labels are
   */
  public void requireColumns(String label) {
    for (String column : required()) {
      if (!types.containsKey(column)) {
        throw source.wrong(
            "no column '%s', which %s needs; it has: %s"
                .formatted(column, task.key(), String.join(", ", types.keySet())));
      }
    }
    if (task == Task.NER && types.get("tags").matches(".*INT.*\\[]|(DOUBLE|FLOAT).*")) {
      throw source.wrong(
          "column 'tags' holds numbers, and neither the file's features nor a dataset_info.json"
              + " beside it name them");
    }
    boolean fraction = label.matches("DOUBLE|FLOAT|DECIMAL.*");
    if (task == Task.CLASSIFY && (fraction || nested(label))) {
      throw source.wrong("column 'label' holds " + label + ", expected text or whole numbers");
    }
    if (task == Task.CLASSIFY && nested(types.get("text"))) {
      throw source.wrong("column 'text' holds " + types.get("text") + ", expected text");
    }
  }

  private static boolean nested(String type) {
    return type.endsWith("]") || type.startsWith("STRUCT") || type.startsWith("MAP");
  }

  /** The query whose rows {@link #add} takes. */
  public String select(String from) {
    Stream<String> own =
        Stream.concat(
            Stream.of(cast("id"), isPairPresent() ? cast("text_pair") : "NULL"),
            required().stream().map(this::cast));
    return Stream.concat(own, extras.stream().map(this::cast))
        .collect(Collectors.joining(", ", "SELECT ", " FROM " + from));
  }

  private boolean isPairPresent() {
    return types.keySet().stream().anyMatch(this::isPair);
  }

  private String cast(String column) {
    if (!types.containsKey(column)) {
      return "NULL";
    }
    String type = extras.contains(column) ? "VARCHAR" : asWritten(column);
    return "CAST(" + DuckDb.name(column) + " AS " + type + ")";
  }

  public void add(ResultSet row) throws SQLException {
    String id = types.containsKey("id") ? row.getString(1) : Integer.toString(examples.size());
    boolean tagged = task == Task.NER;
    RawRow raw =
        new RawRow(
            id,
            tagged ? null : row.getString(3),
            row.getString(2),
            tagged ? null : row.getString(4),
            tagged ? strings(row.getArray(3)) : null,
            tagged ? strings(row.getArray(4)) : null);
    int number = examples.size() + 1;
    examples.add(raw.example(task, message -> source.wrong("row " + number + ": " + message)));
    for (int k = 0; k < extras.size(); k++) {
      extraValues.get(k).add(row.getString(5 + k));
    }
  }

  private static List<String> strings(Array array) throws SQLException {
    return array == null
        ? null
        : Arrays.stream((Object[]) array.getArray()).map(String.class::cast).toList();
  }

  /**
   * All of them.
   *
   * @param shown the types that conditions see the other columns as
   */
  public Table table(Map<String, String> shown) {
    if (examples.isEmpty()) {
      throw source.wrong("it holds no rows");
    }
    List<String> ids = examples.stream().map(Example::id).toList();
    ExampleIds.requireUnique(ids, source);
    List<Column> columns =
        IntStream.range(0, extras.size())
            .mapToObj(k -> new Column(extras.get(k), shown.get(extras.get(k)), extraValues.get(k)))
            .toList();
    return new Table(new Dataset(task, source.name(), examples), ids, columns);
  }
}
