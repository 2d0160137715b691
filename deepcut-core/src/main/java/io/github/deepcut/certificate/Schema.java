package io.github.deepcut.certificate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * Checks JSON against a JSON Schema (2020-12), as far as the certificate's grammar needs one: the
 * keywords of {@link #rules}. An integer is one as it is written: {@code 1.0} is none. Patterns
 * begin with {@code ^} and end with {@code $}.
 */
final class Schema {
  private static final int SHOWN = 100;

  private final JsonNode root;
  private final Map<String, Pattern> patterns = new ConcurrentHashMap<>();

  private Schema(JsonNode root) {
    this.root = root;
  }

  /** One of this package's resources. */
  static Schema read(String resource) {
    try (InputStream in = Schema.class.getResourceAsStream(resource)) {
      return new Schema(new ObjectMapper().readTree(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Checks.
   *
   * @throws IllegalArgumentException that names the first place that breaks a rule, and the rule
   */
  void check(JsonNode value) {
    check(value, root, "");
  }

  private void check(JsonNode value, JsonNode schema, String place) {
    if (schema.has("$ref")) {
      String name = schema.get("$ref").asText().substring("#/$defs/".length());
      check(value, root.get("$defs").get(name), place);
      return;
    }
    rules(value, schema, place);
    if (value.isObject()) {
      fields(value, schema, place);
    }
    if (value.isArray()) {
      for (int i = 0; schema.has("items") && i < value.size(); i++) {
        check(value.get(i), schema.get("items"), place + "[" + i + "]");
      }
    }
  }

  private void fields(JsonNode value, JsonNode schema, String place) {
    for (JsonNode name : schema.path("required")) {
      if (!value.has(name.asText())) {
        throw new IllegalArgumentException(named(inside(place, name.asText())) + " is missing");
      }
    }
    JsonNode others = schema.path("additionalProperties");
    for (var field : value.properties()) {
      String within = inside(place, field.getKey());
      JsonNode own = schema.path("properties").path(field.getKey());
      if (!own.isMissingNode() || others.isObject()) {
        check(field.getValue(), own.isMissingNode() ? others : own, within);
      } else if (others.isBoolean()) { // false
        throw new IllegalArgumentException(named(within) + ": no field of this name is known");
      }
    }
  }

  private void rules(JsonNode value, JsonNode schema, String place) {
    for (var rule : schema.properties()) {
      JsonNode is = rule.getValue();
      boolean holds =
          switch (rule.getKey()) {
            case "type" -> is.isTextual() ? isA(is, value) : any(is, value, Schema::isA);
            case "const" -> value.equals(is);
            case "enum" -> any(is, value, JsonNode::equals);
            case "pattern" -> !value.isTextual() || matches(is, value);
            case "maxLength" -> !value.isTextual() || value.asText().length() <= is.asInt();
            case "minimum" -> !value.isNumber() || compare(value, is) >= 0;
            case "maximum" -> !value.isNumber() || compare(value, is) <= 0;
            case "minItems" -> !value.isArray() || value.size() >= is.asInt();
            case "maxItems" -> !value.isArray() || value.size() <= is.asInt();
            default -> true;
          };
      if (!holds) {
        throw new IllegalArgumentException(
            "%s is %s, expected %s %s".formatted(named(place), shown(value), rule.getKey(), is));
      }
    }
  }

  private static boolean isA(JsonNode type, JsonNode value) {
    return switch (type.asText()) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "string" -> value.isTextual();
      case "integer" -> value.isIntegralNumber();
      default -> value.isNull();
    };
  }

  private static boolean any(JsonNode list, JsonNode value, BiPredicate<JsonNode, JsonNode> fits) {
    return StreamSupport.stream(list.spliterator(), false).anyMatch(one -> fits.test(one, value));
  }

  private boolean matches(JsonNode pattern, JsonNode value) {
    return patterns
        .computeIfAbsent(pattern.asText(), Pattern::compile)
        .matcher(value.asText())
        .matches();
  }

  /** Of whole numbers: another kind was refused by its type. */
  private static int compare(JsonNode value, JsonNode bound) {
    return value.bigIntegerValue().compareTo(bound.bigIntegerValue());
  }

  private static String inside(String place, String field) {
    return (place.isEmpty() ? "" : place + ".") + shortened(field);
  }

  private static String named(String place) {
    return place.isEmpty() ? "it" : place;
  }

  private static String shown(JsonNode value) {
    return value.isContainerNode()
        ? (value.isArray() ? "a list of " : "an object of ") + value.size()
        : shortened(value.toString());
  }

  private static String shortened(String text) {
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "\u2026";
  }
}
