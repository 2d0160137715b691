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
import io.github.deepcut.unlearn.UnlearningMethod;
import io.github.deepcut.unlearn.baseline.BadTeacher;
import io.github.deepcut.unlearn.baseline.BoundaryExpand;
import io.github.deepcut.unlearn.baseline.BoundaryShrink;
import io.github.deepcut.unlearn.baseline.CoUn;
import io.github.deepcut.unlearn.baseline.ContrastiveUnlearning;
import io.github.deepcut.unlearn.baseline.Delete;
import io.github.deepcut.unlearn.baseline.FineTune;
import io.github.deepcut.unlearn.baseline.Fisher;
import io.github.deepcut.unlearn.baseline.GradientAscent;
import io.github.deepcut.unlearn.baseline.Kga;
import io.github.deepcut.unlearn.baseline.KlToUniform;
import io.github.deepcut.unlearn.baseline.NegGradPlus;
import io.github.deepcut.unlearn.baseline.RandomLabels;
import io.github.deepcut.unlearn.baseline.Retrain;
import io.github.deepcut.unlearn.baseline.SalUn;
import io.github.deepcut.unlearn.baseline.Scrub;
import io.github.deepcut.unlearn.baseline.Sisa;
import io.github.deepcut.unlearn.baseline.Ssd;
import io.github.deepcut.unlearn.baseline.Unsir;
import io.github.deepcut.unlearn.deepcut.DeepCut;
import io.github.deepcut.unlearn.deepcut.DeepCutSettings;
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
  private record Entry(Function<Task, UnlearningMethod> defaults, Erasure.Stop stop) {}

  private static final Map<String, Entry> ALL = new LinkedHashMap<>();

  static {
    add(Erasure.Stop.NEVER, task -> new DeepCut(DeepCutSettings.defaults(task)));
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
    add(Erasure.Stop.NEVER, task -> new Sisa());
  }

  /** Of images, where a class is forgotten whole. */
  private static final Map<String, Entry> OF_A_CLASS =
      Map.of(
          "contrastive-unlearning",
          new Entry(task -> ContrastiveUnlearning.ofClass(), Erasure.Stop.CLASS));

  private Methods() {}

  private static void add(Erasure.Stop stop, Function<Task, UnlearningMethod> defaults) {
    ALL.put(defaults.apply(Task.CLASSIFY).name(), new Entry(defaults, stop));
  }

  /** A method, set up, and when it is to stop. */
  public record Choice(UnlearningMethod method, Erasure.Stop stop) {}

  /** What there is. */
  public static List<String> names() {
    return List.copyOf(ALL.keySet());
  }

  /** The settings of a method with their defaults, as one writes them after {@code --set}. */
  public static Map<String, String> settings(String method, Task task) {
    return settings(method, task, false);
  }

  /**
   * The same for a kind of request.
   *
   * @param wholeClass whether classes are forgotten whole, for which some methods have defaults of
   *     their own
   */
  public static Map<String, String> settings(String method, Task task, boolean wholeClass) {
    Entry entry = entry(method, task, wholeClass);
    Map<String, String> out = new LinkedHashMap<>();
    out.put(STOP, entry.stop().name().toLowerCase(Locale.ROOT));
    flat(JSON.valueToTree(entry.defaults().apply(task)))
        .properties()
        .forEach(e -> out.put(e.getKey(), e.getValue().asText().toLowerCase(Locale.ROOT)));
    return out;
  }

  /**
   * A method with some of its settings changed. {@code push=plain} of DeepCUT brings the other
   * settings of the plain form with it, where they are not given, and a stop rule, for such pushes
   * do not end by themselves.
   *
   * @throws InputException if the method, a key or a value is not known
   */
  public static Choice create(String method, Task task, Map<String, String> changed) {
    return create(method, task, false, changed);
  }

  /** The same for a kind of request: see {@link #settings(String, Task, boolean)}. */
  public static Choice create(
      String method, Task task, boolean wholeClass, Map<String, String> changed) {
    Entry entry = entry(method, task, wholeClass);
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
    Erasure.Stop own = plain ? Erasure.Stop.INDISTINGUISHABLE : entry.stop();
    String stop = changed.getOrDefault(STOP, own.name());
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
    throw new InputException(
        "--set stop=" + name + ": expected indistinguishable, paper, class or never");
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

  private static Entry entry(String method, Task task, boolean wholeClass) {
    Entry entry = entry(method);
    return wholeClass && task == Task.IMAGE ? OF_A_CLASS.getOrDefault(method, entry) : entry;
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
