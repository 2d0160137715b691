package io.github.deepcut.unlearn;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.run.InputException;
import io.github.deepcut.unlearn.Setting.Range;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The settings of a method: the components of its record, and those of records among them. */
public final class MethodSettings {
  private static final SnakeCaseStrategy SNAKE_CASE = new SnakeCaseStrategy();

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(SNAKE_CASE)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
          .build();

  private MethodSettings() {}

  /**
   * {@return all settings of a method that is set up, on one level}
   *
   * @param method a record
   */
  public static ObjectNode of(UnlearningMethod method) {
    return flat(JSON.valueToTree(method));
  }

  /**
   * What a setting is.
   *
   * @param range what it may be
   * @param what it does; both are empty where the method's author does not say
   */
  public record Described(String range, String what) {}

  /**
   * {@return what each setting of a method is, by the names and in the order of {@link #of}}
   *
   * @param method the class of its record
   */
  public static Map<String, Described> described(Class<?> method) {
    Map<String, Described> out = new LinkedHashMap<>();
    for (RecordComponent c : method.getRecordComponents()) {
      if (c.getType().isRecord()) {
        out.putAll(described(c.getType()));
      } else {
        out.put(SNAKE_CASE.translate(c.getName()), described(c));
      }
    }
    return out;
  }

  private static Described described(RecordComponent c) {
    Setting setting = c.getAnnotation(Setting.class);
    return setting == null
        ? new Described("", "")
        : new Described(
            setting.range() == Range.LISTED ? values(c.getType()) : setting.range().text(),
            setting.value());
  }

  private static String values(Class<?> type) {
    if (type == boolean.class) {
      return "true, false";
    }
    Object[] constants = type.isEnum() ? type.getEnumConstants() : new Object[0];
    return Arrays.stream(constants)
        .map(value -> value.toString().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(", "));
  }

  /**
   * {@return the settings on the levels that the method's records have them on}
   *
   * @param method a record
   */
  public static JsonNode tree(UnlearningMethod method) {
    return JSON.valueToTree(method);
  }

  /**
   * {@return a method like another, with these settings}
   *
   * @param like a method of the same class
   * @param settings all of them, on one level
   * @throws InputException if a value is none
   */
  public static UnlearningMethod with(UnlearningMethod like, ObjectNode settings) {
    return parse(nested(JSON.valueToTree(like), settings), like.getClass());
  }

  /** All settings on one level, where each name may stand once. */
  private static ObjectNode flat(ObjectNode tree) {
    ObjectNode out = JSON.createObjectNode();
    tree.properties()
        .forEach(
            e -> {
              if (e.getValue() instanceof ObjectNode below) {
                flat(below).properties().forEach(b -> put(out, b.getKey(), b.getValue()));
              } else {
                put(out, e.getKey(), e.getValue());
              }
            });
    return out;
  }

  private static void put(ObjectNode out, String key, JsonNode value) {
    if (out.replace(key, value) != null) {
      throw new InputException("two settings of the method are called " + key);
    }
  }

  /** The settings on the levels that {@code shape} has them on. */
  private static ObjectNode nested(ObjectNode shape, ObjectNode flat) {
    ObjectNode out = JSON.createObjectNode();
    shape
        .properties()
        .forEach(
            e ->
                out.set(
                    e.getKey(),
                    e.getValue() instanceof ObjectNode below
                        ? nested(below, flat)
                        : flat.get(e.getKey())));
    return out;
  }

  private static UnlearningMethod parse(
      ObjectNode settings, Class<? extends UnlearningMethod> method) {
    try {
      return JSON.treeToValue(settings, method);
    } catch (JsonProcessingException e) {
      for (Throwable t = e; t != null; t = t.getCause()) {
        if (t instanceof InputException wrong) {
          throw new InputException("--set: " + wrong.getMessage(), wrong);
        }
      }
      throw new InputException(
          "--set: " + e.getOriginalMessage().lines().findFirst().orElse(""), e);
    }
  }
}
