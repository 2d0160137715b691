package io.github.deepcut.data;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.deepcut.run.InputException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The values that an example is made of, as a row of a file has them; null where it has none. */
record RawRow(
    String id, String text, String pair, String label, List<String> tokens, List<String> tags) {
  private static final JsonFactory JSON = new JsonFactory();

  /** A value that DuckDB might write otherwise than it stands in the file. */
  private static final class Unlike extends IOException {
    private static final long serialVersionUID = 1;
  }

  /**
   * Reads a line of JSON Lines.
   *
   * @return null if it is no JSON object, or holds values that only DuckDB can tell the text of,
   *     such as fractions
   */
  static RawRow parse(byte[] bytes, int from, int length) {
    try (JsonParser parser = JSON.createParser(bytes, from, length)) {
      Map<String, Object> values = new HashMap<>();
      require(parser.nextToken() == JsonToken.START_OBJECT);
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        String type = TabularRows.asWritten(name);
        parser.nextToken();
        if (type == null) {
          parser.skipChildren();
        } else {
          require(!values.containsKey(name));
          values.put(name, type.endsWith("[]") ? list(parser) : scalar(parser));
        }
      }
      require(parser.nextToken() == null);
      return new RawRow(
          (String) values.get("id"),
          (String) values.get("text"),
          (String) values.get("text_pair"),
          (String) values.get("label"),
          strings(values.get("tokens")),
          strings(values.get("tags")));
    } catch (IOException e) {
      return null;
    }
  }

  @SuppressWarnings("unchecked") // what list(…) made
  private static List<String> strings(Object list) {
    return (List<String>) list;
  }

  private static List<String> list(JsonParser parser) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return null;
    }
    require(parser.currentToken() == JsonToken.START_ARRAY);
    List<String> values = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      values.add(scalar(parser));
    }
    return values;
  }

  private static String scalar(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.VALUE_NULL) {
      return null;
    }
    String text = parser.getText();
    require(
        token == JsonToken.VALUE_STRING
            || token.isBoolean()
            || (token == JsonToken.VALUE_NUMBER_INT && text.matches("0|-?[1-9]\\d{0,17}")));
    return text;
  }

  private static void require(boolean plain) throws Unlike {
    if (!plain) {
      throw new Unlike();
    }
  }

  RawRow withId(String other) {
    return new RawRow(other, text, pair, label, tokens, tags);
  }

  /**
   * The example, under the row's own id.
   *
   * @param wrong makes the error of a message
   * @throws InputException if a value is missing or breaks a rule
   */
  Example example(Task task, Function<String, InputException> wrong) {
    if (id == null) {
      throw wrong.apply("'id' is missing");
    }
    if (task == Task.NER) {
      return sentence(wrong);
    }
    if (text == null || label == null) {
      throw wrong.apply("'" + (text == null ? "text" : "label") + "' is missing");
    }
    return new LabeledText(id, text, pair, label);
  }

  private Example sentence(Function<String, InputException> wrong) {
    requireWhole("tokens", tokens, wrong);
    requireWhole("tags", tags, wrong);
    if (tokens.size() != tags.size()) {
      throw wrong.apply(tokens.size() + " tokens but " + tags.size() + " tags");
    }
    if (tokens.isEmpty()) {
      throw wrong.apply("no tokens");
    }
    for (String tag : tags) {
      if (!Mention.isTag(tag)) {
        throw wrong.apply(
            "tag '" + tag + "' is neither O nor B-, I-, E-, S-, L- or U- with a type");
      }
    }
    return new TaggedSentence(id, tokens, tags);
  }

  private static void requireWhole(
      String column, List<String> values, Function<String, InputException> wrong) {
    if (values == null) {
      throw wrong.apply("'" + column + "' is missing");
    }
    int gap = values.indexOf(null);
    if (gap >= 0) {
      throw wrong.apply("item " + (gap + 1) + " of '" + column + "' is missing");
    }
  }
}
