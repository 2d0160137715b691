package io.github.deepcut.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.deepcut.data.Task;
import io.github.deepcut.run.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * What a tuning may try of each method, from one JSON file: task, method, setting, range. A method
 * that is not in it has nothing to tune.
 */
public record SearchSpace(Map<String, Map<String, Range>> methods) {
  private static final String OWN = "search-spaces.json";

  /** The one that comes with DeepCUT. */
  public static SearchSpace standard(Task task) {
    try (InputStream in = SearchSpace.class.getResourceAsStream(OWN)) {
      return of(new ObjectMapper().readTree(in), task, OWN);
    } catch (IOException e) {
      throw new IllegalStateException(OWN, e);
    }
  }

  /**
   * One from a file.
   *
   * @throws InputException if it cannot be read or holds something else
   */
  public static SearchSpace read(Path file, Task task) {
    try (InputStream in = Files.newInputStream(file)) {
      return of(new ObjectMapper().readTree(in), task, file.toString());
    } catch (IOException e) {
      throw new InputException(file + ": cannot be read as JSON: " + e.getMessage(), e);
    }
  }

  private static SearchSpace of(JsonNode json, Task task, String source) {
    JsonNode methods = json.path(task.key());
    if (!methods.isObject()) {
      throw new InputException(source + ": no object '" + task.key() + "'");
    }
    Map<String, Map<String, Range>> out = new LinkedHashMap<>();
    methods.properties().forEach(m -> out.put(m.getKey(), ranges(m, source)));
    return new SearchSpace(out);
  }

  private static Map<String, Range> ranges(Map.Entry<String, JsonNode> method, String source) {
    Map<String, Range> out = new LinkedHashMap<>();
    for (var setting : method.getValue().properties()) {
      try {
        out.put(setting.getKey(), Range.of(setting.getValue()));
      } catch (InputException e) {
        throw new InputException(
            "%s: %s of %s: %s".formatted(source, setting.getKey(), method.getKey(), e.getMessage()),
            e);
      }
    }
    return out;
  }

  /** Settings to try of a method: all drawn anew; none where there is nothing to tune. */
  public Map<String, String> draw(String method, SplittableRandom random) {
    Map<String, String> out = new LinkedHashMap<>();
    methods
        .getOrDefault(method, Map.of())
        .forEach((setting, range) -> out.put(setting, range.draw(random)));
    return out;
  }
}
