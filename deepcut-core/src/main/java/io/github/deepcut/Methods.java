package io.github.deepcut;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.data.Task;
import io.github.deepcut.run.InputException;
import io.github.deepcut.unlearn.DeepCut;
import io.github.deepcut.unlearn.DeepCutSettings;
import io.github.deepcut.unlearn.UnlearningMethod;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The unlearning methods by their command-line names, and their settings as {@code key=value}. */
public final class Methods {
  private static final String STOP = "stop";
  private static final String UNSEEN = "unseen";

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .build();

  private Methods() {}

  /** A method, set up, and when it is to stop. */
  public record Choice(UnlearningMethod method, Erasure.Stop stop) {}

  /** What there is. */
  public static List<String> names() {
    return List.of("deepcut");
  }

  /** The settings of a method with their defaults, as one writes them after {@code --set}. */
  public static Map<String, String> settings(String method, Task task) {
    known(method);
    Map<String, String> out = new LinkedHashMap<>();
    out.put(STOP, "indistinguishable");
    flat(defaults(task))
        .properties()
        .forEach(e -> out.put(e.getKey(), e.getValue().asText().toLowerCase(Locale.ROOT)));
    return out;
  }

  /**
   * A method with some of its settings changed. {@code push=plain} brings the other settings of the
   * plain form with it, where they are not given.
   *
   * @throws InputException if the method, a key or a value is not known
   */
  public static Choice create(String method, Task task, Map<String, String> changed) {
    known(method);
    boolean plain = "plain".equalsIgnoreCase(changed.get("push"));
    ObjectNode settings = flat(plain ? DeepCutSettings.plain() : defaults(task));
    String stop = changed.getOrDefault(STOP, "indistinguishable");
    changed.forEach(
        (key, value) -> {
          if (key.equals(STOP)) {
            return;
          }
          if (!settings.has(key)) {
            throw new InputException(
                "--set "
                    + key
                    + "="
                    + value
                    + ": no such setting of "
                    + method
                    + "; there are "
                    + String.join(", ", settings(method, task).keySet()));
          }
          settings.put(key, value);
        });
    return new Choice(new DeepCut(parse(settings, task)), stopRule(stop));
  }

  /** All settings of a method that is set up, in its own form. */
  static JsonNode tree(UnlearningMethod method) {
    return JSON.valueToTree(method);
  }

  private static Erasure.Stop stopRule(String name) {
    for (Erasure.Stop s : Erasure.Stop.values()) {
      if (s.name().equalsIgnoreCase(name)) {
        return s;
      }
    }
    throw new InputException("--set stop=" + name + ": expected indistinguishable, paper or never");
  }

  private static DeepCutSettings defaults(Task task) {
    return task == Task.NER ? DeepCutSettings.forWords() : DeepCutSettings.forSentences();
  }

  /** All settings on one level. */
  private static ObjectNode flat(DeepCutSettings settings) {
    ObjectNode tree = JSON.valueToTree(settings);
    ObjectNode unseen = (ObjectNode) tree.remove(UNSEEN);
    tree.setAll(unseen);
    return tree;
  }

  private static DeepCutSettings parse(ObjectNode flat, Task task) {
    ObjectNode unseen = JSON.valueToTree(defaults(task).unseen());
    List<String> keys = new ArrayList<>(unseen.propertyStream().map(Map.Entry::getKey).toList());
    keys.forEach(k -> unseen.set(k, flat.remove(k)));
    flat.set(UNSEEN, unseen);
    try {
      return JSON.treeToValue(flat, DeepCutSettings.class);
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

  /**
   * Checks a method's name.
   *
   * @throws InputException if there is no such method
   */
  public static void known(String method) {
    if (!names().contains(method)) {
      throw new InputException(
          "--method " + method + ": no such method; there is " + String.join(", ", names()));
    }
  }
}
