package io.github.deepcut.data;

import io.github.deepcut.run.InputException;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Turns the rows of a DuckDB result into examples; rows are counted from 1 in messages. */
final class TabularRows {
  private final SourceFile source;
  private final Task task;
  private final Map<String, String> types;
  private final List<String> extras;
  private final List<List<String>> extraValues;
  private final List<Example> examples = new ArrayList<>();

  /**
   * @param types the file's columns and what DuckDB takes them for
   */
  TabularRows(SourceFile source, Task task, Map<String, String> types) {
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
  static String asWritten(String column) {
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

  /** Throws an InputException where a column is missing, or a label is no name. */
  void requireColumns() {
    for (String column : required()) {
      if (!types.containsKey(column)) {
        throw source.wrong(
            "no column '%s', which %s needs; it has: %s"
                .formatted(column, task.key(), String.join(", ", types.keySet())));
      }
    }
    String label = types.getOrDefault("label", "VARCHAR");
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
  String select(String from) {
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

  void add(ResultSet row) throws SQLException {
    String id = types.containsKey("id") ? row.getString(1) : Integer.toString(examples.size());
    if (id == null) {
      throw missing("id");
    }
    examples.add(task == Task.NER ? sentence(id, row) : text(id, row));
    for (int k = 0; k < extras.size(); k++) {
      extraValues.get(k).add(row.getString(5 + k));
    }
  }

  private Example text(String id, ResultSet row) throws SQLException {
    String text = row.getString(3);
    String label = row.getString(4);
    if (text == null || label == null) {
      throw missing(text == null ? "text" : "label");
    }
    return new LabeledText(id, text, row.getString(2), label);
  }

  private Example sentence(String id, ResultSet row) throws SQLException {
    List<String> words = strings("tokens", row.getArray(3));
    List<String> tags = strings("tags", row.getArray(4));
    if (words.size() != tags.size()) {
      throw wrong(words.size() + " tokens but " + tags.size() + " tags");
    }
    if (words.isEmpty()) {
      throw wrong("no tokens");
    }
    for (String tag : tags) {
      if (!Mention.isTag(tag)) {
        throw wrong("tag '" + tag + "' is neither O nor B-, I-, E-, S-, L- or U- with a type");
      }
    }
    return new TaggedSentence(id, words, tags);
  }

  private List<String> strings(String column, Array array) throws SQLException {
    if (array == null) {
      throw missing(column);
    }
    List<String> strings = new ArrayList<>();
    for (Object value : (Object[]) array.getArray()) {
      if (value == null) {
        throw wrong("item " + (strings.size() + 1) + " of '" + column + "' is missing");
      }
      strings.add((String) value);
    }
    return strings;
  }

  Table table() {
    if (examples.isEmpty()) {
      throw source.wrong("it holds no rows");
    }
    List<String> ids = examples.stream().map(Example::id).toList();
    ExampleIds.requireUnique(ids, source);
    List<Column> columns =
        IntStream.range(0, extras.size())
            .mapToObj(k -> new Column(extras.get(k), types.get(extras.get(k)), extraValues.get(k)))
            .toList();
    return new Table(new Dataset(task, source.name(), examples), ids, columns);
  }

  private InputException missing(String column) {
    return wrong("'" + column + "' is missing");
  }

  private InputException wrong(String message) {
    return source.wrong("row " + (examples.size() + 1) + ": " + message);
  }
}
