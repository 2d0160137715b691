package io.github.deepcut;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.data.Task;
import io.github.deepcut.run.InputException;
import io.github.deepcut.unlearn.BadTeacher;
import io.github.deepcut.unlearn.BoundaryExpand;
import io.github.deepcut.unlearn.BoundaryShrink;
import io.github.deepcut.unlearn.CoUn;
import io.github.deepcut.unlearn.ContrastiveUnlearning;
import io.github.deepcut.unlearn.DeepCut;
import io.github.deepcut.unlearn.DeepCutSettings;
import io.github.deepcut.unlearn.Delete;
import io.github.deepcut.unlearn.FineTune;
import io.github.deepcut.unlearn.Fisher;
import io.github.deepcut.unlearn.GradientAscent;
import io.github.deepcut.unlearn.Kga;
import io.github.deepcut.unlearn.KlToUniform;
import io.github.deepcut.unlearn.NegGradPlus;
import io.github.deepcut.unlearn.RandomLabels;
import io.github.deepcut.unlearn.Retrain;
import io.github.deepcut.unlearn.SalUn;
import io.github.deepcut.unlearn.Scrub;
import io.github.deepcut.unlearn.Ssd;
import io.github.deepcut.unlearn.UnlearningMethod;
import io.github.deepcut.unlearn.Unsir;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * The unlearning methods by their command-line names, and their settings as {@code key=value}. A
 * method is a record; its components, and those of records among them, are its settings.
 */
public final class Methods {
  private static final String STOP = "stop";

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
          .build();

  /** A method's defaults for a task, and when it stops by itself. */
  private record Entry(
      Function<Task, UnlearningMethod> defaults, Function<Task, Erasure.Stop> stop) {}

  private static final Map<String, Entry> ALL = new LinkedHashMap<>();

  static {
    ALL.put("deepcut", new Entry(t -> new DeepCut(DeepCutSettings.defaults(t)), Methods::deepCut));
    add(Erasure.Stop.PAPER, ContrastiveUnlearning::defaults);
    add(Erasure.Stop.NEVER, task -> new Retrain());
    add(Erasure.Stop.NEVER, FineTune::defaults);
    add(Erasure.Stop.PAPER, GradientAscent::defaults);
    add(Erasure.Stop.NEVER, NegGradPlus::defaults);
    add(Erasure.Stop.NEVER, RandomLabels::defaults);
    add(Erasure.Stop.NEVER, SalUn::defaults);
    add(Erasure.Stop.NEVER, Scrub::defaults);
    add(Erasure.Stop.NEVER, BadTeacher::defaults);
    add(Erasure.Stop.NEVER, KlToUniform::defaults);
    add(Erasure.Stop.NEVER, Kga::defaults);
    add(Erasure.Stop.NEVER, Fisher::defaults);
    add(Erasure.Stop.NEVER, Ssd::defaults);
    add(Erasure.Stop.NEVER, BoundaryShrink::defaults);
    add(Erasure.Stop.NEVER, BoundaryExpand::defaults);
    add(Erasure.Stop.NEVER, Unsir::defaults);
    add(Erasure.Stop.NEVER, Delete::defaults);
    add(Erasure.Stop.NEVER, CoUn::defaults);
  }

  private Methods() {}

  private static void add(Erasure.Stop stop, Function<Task, UnlearningMethod> defaults) {
    ALL.put(defaults.apply(Task.CLASSIFY).name(), new Entry(defaults, task -> stop));
  }

  /** Images at the rate of training are of use when that has fallen: not before the last pass. */
  private static Erasure.Stop deepCut(Task task) {
    return task == Task.IMAGE ? Erasure.Stop.NEVER : Erasure.Stop.INDISTINGUISHABLE;
  }

  /** A method, set up, and when it is to stop. */
  public record Choice(UnlearningMethod method, Erasure.Stop stop) {}

  /** What there is. */
  public static List<String> names() {
    return List.copyOf(ALL.keySet());
  }

  /** The settings of a method with their defaults, as one writes them after {@code --set}. */
  public static Map<String, String> settings(String method, Task task) {
    Entry entry = entry(method);
    Map<String, String> out = new LinkedHashMap<>();
    out.put(STOP, entry.stop().apply(task).name().toLowerCase(Locale.ROOT));
    flat(JSON.valueToTree(entry.defaults().apply(task)))
        .properties()
        .forEach(e -> out.put(e.getKey(), e.getValue().asText().toLowerCase(Locale.ROOT)));
    return out;
  }

  /**
   * A method with some of its settings changed. {@code push=plain} of DeepCUT brings the other
   * settings of the plain form with it, where they are not given.
   *
   * @throws InputException if the method, a key or a value is not known
   */
  public static Choice create(String method, Task task, Map<String, String> changed) {
    Entry entry = entry(method);
    boolean plain = method.equals("deepcut") && "plain".equalsIgnoreCase(changed.get("push"));
    UnlearningMethod defaults =
        plain ? new DeepCut(DeepCutSettings.plain()) : entry.defaults().apply(task);
    ObjectNode shape = JSON.valueToTree(defaults);
    ObjectNode settings = flat(shape);
    changed.forEach(
        (key, value) -> {
          if (!settings.has(key) && !key.equals(STOP)) {
            throw new InputException(
                "--set %s=%s: no such setting of %s; there are %s"
                    .formatted(
                        key, value, method, String.join(", ", settings(method, task).keySet())));
          }
          settings.put(key, value);
        });
    String stop = changed.getOrDefault(STOP, entry.stop().apply(task).name());
    return new Choice(parse(nested(shape, settings), defaults.getClass()), stopRule(stop));
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

  /** All settings on one level. */
  private static ObjectNode flat(ObjectNode tree) {
    ObjectNode out = JSON.createObjectNode();
    tree.properties()
        .forEach(
            e -> {
              if (e.getValue() instanceof ObjectNode below) {
                out.setAll(flat(below));
              } else {
                out.set(e.getKey(), e.getValue());
              }
            });
    return out;
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

  /**
   * Checks a method's name.
   *
   * @throws InputException if there is no such method
   */
  public static void known(String method) {
    entry(method);
  }

  private static Entry entry(String method) {
    Entry entry = ALL.get(method);
    if (entry == null) {
      throw new InputException(
          "--method " + method + ": no such method; there is " + String.join(", ", names()));
    }
    return entry;
  }
}
