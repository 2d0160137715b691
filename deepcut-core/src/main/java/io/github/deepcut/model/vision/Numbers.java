package io.github.deepcut.model.vision;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deepcut.run.InputException;
import java.util.ArrayList;
import java.util.List;

/** Reads sizes from {@code config.json}. */
final class Numbers {
  private Numbers() {}

  static int size(JsonNode c, String key, int otherwise) {
    return c.has(key) ? checked(c.get(key), key) : otherwise;
  }

  static List<Integer> sizes(JsonNode c, String key, List<Integer> otherwise) {
    if (!c.has(key)) {
      return otherwise;
    }
    if (!c.get(key).isArray()) {
      throw new InputException("config.json: " + key + " is " + c.get(key) + ", expected a list");
    }
    List<Integer> out = new ArrayList<>();
    c.get(key).forEach(n -> out.add(checked(n, key)));
    return out;
  }

  private static int checked(JsonNode n, String key) {
    if (!n.isInt() || n.asInt() < 1) {
      throw new InputException(
          "config.json: " + key + " holds " + n + ", expected whole numbers > 0");
    }
    return n.asInt();
  }
}
