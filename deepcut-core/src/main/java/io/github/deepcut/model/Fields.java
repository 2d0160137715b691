package io.github.deepcut.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deepcut.run.FileErrors;
import io.github.deepcut.run.InputException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the values of a {@code config.json}, each of the one type that it may have; what is not
 * there is the default. Each throws {@link InputException} with key, value and rule.
 */
public final class Fields {
  /** More entries no list of sizes has. */
  private static final int MOST = 1000;

  private Fields() {}

  /** A whole number above 0. */
  public static int size(JsonNode c, String key, int otherwise) {
    return c.has(key) ? checked(c.get(key), key) : otherwise;
  }

  /** Whole numbers above 0. */
  public static List<Integer> sizes(JsonNode c, String key, List<Integer> otherwise) {
    if (!c.has(key)) {
      return otherwise;
    }
    if (!c.get(key).isArray() || c.get(key).size() > MOST) {
      throw fail(key, c.get(key), "a list of at most " + MOST + " whole numbers > 0");
    }
    List<Integer> out = new ArrayList<>();
    c.get(key).forEach(n -> out.add(checked(n, key)));
    return out;
  }

  private static int checked(JsonNode n, String key) {
    if (!n.isInt() || n.asInt() < 1) {
      throw fail(key, n, "a whole number > 0");
    }
    return n.asInt();
  }

  /** A number from {@code least} to {@code most}. */
  public static double number(JsonNode c, String key, double otherwise, double least, double most) {
    JsonNode v = c.path(key);
    if (v.isMissingNode()) {
      return otherwise;
    }
    if (!v.isNumber() || !(v.asDouble() >= least && v.asDouble() <= most)) {
      throw fail(key, v, "a number from " + least + " to " + most);
    }
    return v.asDouble();
  }

  /** The share of numbers that dropout zeroes, 0 up to 1. */
  public static double rate(JsonNode c, String key, double otherwise) {
    double rate = number(c, key, otherwise, 0, 1);
    if (rate == 1) {
      throw fail(key, c.get(key), "0 <= rate < 1");
    }
    return rate;
  }

  /** A yes or no. */
  public static boolean flag(JsonNode c, String key, boolean otherwise) {
    if (c.has(key) && !c.get(key).isBoolean()) {
      throw fail(key, c.get(key), "true or false");
    }
    return c.path(key).asBoolean(otherwise);
  }

  /** A text; null counts as nothing. */
  public static String text(JsonNode c, String key, String otherwise) {
    if (c.hasNonNull(key) && !c.get(key).isTextual()) {
      throw fail(key, c.get(key), "a text");
    }
    return c.path(key).asText(otherwise);
  }

  /** Refuses a yes where only no is computed. */
  public static void requireNot(JsonNode c, String key) {
    if (flag(c, key, false)) {
      throw fail(key, c.get(key), "false: that is not computed here");
    }
  }

  /** Refuses a value that says anything; null, false and what is empty say nothing. */
  public static void requireNone(JsonNode c, String key) {
    requireNone(c, key, "that is not computed here");
  }

  /** The same, with the reason. */
  public static void requireNone(JsonNode c, String key, String why) {
    JsonNode v = c.path(key);
    boolean none =
        v.isContainerNode()
            ? v.isEmpty()
            : v.isMissingNode() || v.isNull() || (v.isBoolean() && !v.asBoolean());
    if (!none) {
      throw fail(key, v, "none: " + why);
    }
  }

  /** Refuses a model that brings its own code, or weights that cannot be trained. */
  public static void requireOpenWeights(JsonNode c) {
    requireNone(c, "auto_map", "code of the model's own is not run here");
    requireNone(
        c,
        "quantization_config",
        "quantised weights cannot be trained; take the folder that they were made from");
  }

  /** {@code config.json: KEY is VALUE, expected RULE}, the value shortened. */
  public static InputException fail(String key, JsonNode value, String rule) {
    return new InputException(
        "config.json: %s is %s, expected %s".formatted(key, shown(value), rule));
  }

  /** A value in one line of at most 60 characters. */
  public static String shown(JsonNode value) {
    String text = FileErrors.oneLine(value.toString());
    return text.length() > 60 ? text.substring(0, 60) + "…" : text;
  }
}
