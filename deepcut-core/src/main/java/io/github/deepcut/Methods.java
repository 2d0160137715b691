package io.github.deepcut;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.data.Task;
import io.github.deepcut.run.InputException;
import io.github.deepcut.run.Providers;
import io.github.deepcut.stop.Stop;
import io.github.deepcut.stop.Stops;
import io.github.deepcut.unlearn.About;
import io.github.deepcut.unlearn.MethodSettings;
import io.github.deepcut.unlearn.MethodSettings.Described;
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
import io.github.deepcut.unlearn.deepcut.DeepCutPaper;
import io.github.deepcut.unlearn.deepcut.FormerSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Function;

/**
 * The unlearning methods by their command-line names, ours and others' ({@link MethodProvider}),
 * and their settings as {@code key=value}. A method is a record; its components, and those of
 * records among them, are its settings.
 */
public final class Methods {
  private static final String STOP = "stop";

  /** A method's defaults for a task, and when it stops by itself. */
  private record Entry(Function<Task, UnlearningMethod> defaults, Stop stop) {}

  private static final Map<String, Entry> OURS = new LinkedHashMap<>();

  static {
    add(Stop.NEVER, DeepCut::defaults);
    add(Stop.INDISTINGUISHABLE, DeepCutPaper::defaults);
    add(Stop.PAPER, ContrastiveUnlearning::defaults);
    add(Stop.NEVER, task -> new Retrain());
    add(Stop.NEVER, FineTune::defaults);
    add(Stop.PAPER, GradientAscent::defaults);
    add(Stop.NEVER, NegGradPlus::defaults);
    add(Stop.NEVER, RandomLabels::defaults);
    add(Stop.NEVER, SalUn::defaults);
    add(Stop.NEVER, Scrub::defaults);
    add(Stop.NEVER, BadTeacher::defaults);
    add(Stop.NEVER, KlToUniform::defaults);
    add(Stop.NEVER, Kga::defaults);
    add(Stop.NEVER, Fisher::defaults);
    add(Stop.NEVER, Ssd::defaults);
    add(Stop.NEVER, BoundaryShrink::defaults);
    add(Stop.NEVER, BoundaryExpand::defaults);
    add(Stop.NEVER, Unsir::defaults);
    add(Stop.NEVER, Delete::defaults);
    add(Stop.NEVER, CoUn::defaults);
    add(Stop.NEVER, task -> new Sisa());
  }

  /** Of images, where a class is forgotten whole. */
  private static final Map<String, Entry> OF_A_CLASS =
      Map.of(
          "contrastive-unlearning", new Entry(task -> ContrastiveUnlearning.ofClass(), Stop.CLASS));

  private Methods() {}

  private static Map<String, Entry> found; // null until somebody asked

  /** Ours, and those that {@link MethodProvider}s on the class path bring, looked for once. */
  private static synchronized Map<String, Entry> all() {
    if (found == null) {
      found = search();
    }
    return found;
  }

  private static Map<String, Entry> search() {
    Map<String, Entry> all = new LinkedHashMap<>(OURS);
    Providers.byName(
            ServiceLoader.load(MethodProvider.class),
            p -> p.defaults(Task.CLASSIFY).name(),
            OURS.keySet())
        .forEach((name, p) -> all.put(name, new Entry(p::defaults, p.stop())));
    return all;
  }

  private static void add(Stop stop, Function<Task, UnlearningMethod> defaults) {
    OURS.put(defaults.apply(Task.CLASSIFY).name(), new Entry(defaults, stop));
  }

  /**
   * A method, set up, and when it is to stop.
   *
   * @param method with its settings
   * @param stop the stop rule, by its name
   */
  public record Choice(UnlearningMethod method, Stop stop) {}

  /** {@return the names of all methods, ours first} */
  public static List<String> names() {
    return List.copyOf(all().keySet());
  }

  /**
   * {@return what a method is for; empty where its author does not say}
   *
   * @param method its name on the command line
   * @throws InputException if there is no such method
   */
  public static Optional<About> about(String method) {
    return Optional.ofNullable(record(method).getAnnotation(About.class));
  }

  /**
   * {@return what each setting of a method is, {@code stop} first, in the order of {@link
   * #settings}}
   *
   * @param method its name on the command line
   * @throws InputException if there is no such method
   */
  public static Map<String, Described> described(String method) {
    Map<String, Described> out = new LinkedHashMap<>();
    out.put(STOP, new Described("", "rule by which it stops: " + String.join(", ", Stops.names())));
    out.putAll(MethodSettings.described(record(method)));
    return out;
  }

  /**
   * {@return the settings of a method with their defaults, as one writes them after {@code --set}}
   *
   * @param method its name on the command line
   * @param task of the model that is to forget
   * @throws InputException if there is no such method
   */
  public static Map<String, String> settings(String method, Task task) {
    return settings(method, task, false);
  }

  /**
   * {@return the settings of a method with their defaults for a kind of request}
   *
   * @param method its name on the command line
   * @param task of the model that is to forget
   * @param wholeClass whether classes are forgotten whole, for which some methods have defaults of
   *     their own
   * @throws InputException if there is no such method
   */
  public static Map<String, String> settings(String method, Task task, boolean wholeClass) {
    Entry entry = entry(method, task, wholeClass);
    Map<String, String> out = new LinkedHashMap<>();
    out.put(STOP, entry.stop().key());
    MethodSettings.of(entry.defaults().apply(task))
        .properties()
        .forEach(e -> out.put(e.getKey(), e.getValue().asText().toLowerCase(Locale.ROOT)));
    return out;
  }

  /**
   * {@return a method with some of its settings changed}
   *
   * @param method its name on the command line
   * @param task of the model that is to forget
   * @param changed values by their keys, as one writes them after {@code --set}
   * @throws InputException if the method, a key or a value is not known
   */
  public static Choice create(String method, Task task, Map<String, String> changed) {
    return create(method, task, false, changed);
  }

  /**
   * {@return a method for a kind of request, with some of its settings changed}
   *
   * @param method its name on the command line
   * @param task of the model that is to forget
   * @param wholeClass whether classes are forgotten whole: see {@link #settings(String, Task,
   *     boolean)}
   * @param changed values by their keys, as one writes them after {@code --set}
   * @throws InputException if the method, a key or a value is not known
   */
  public static Choice create(
      String method, Task task, boolean wholeClass, Map<String, String> changed) {
    Entry entry = entry(method, task, wholeClass);
    UnlearningMethod defaults = entry.defaults().apply(task);
    ObjectNode settings = MethodSettings.of(defaults);
    changed.forEach(
        (key, value) -> {
          if (defaults instanceof DeepCut && FormerSettings.isKnown(task, key, value)) {
            return;
          }
          if (!settings.has(key) && !key.equals(STOP)) {
            throw new InputException(
                "--set %s=%s: no such setting of %s; there are %s"
                    .formatted(
                        key, value, method, String.join(", ", settings(method, task).keySet())));
          }
          settings.put(key, value);
        });
    String stop = changed.getOrDefault(STOP, entry.stop().key());
    return new Choice(MethodSettings.with(defaults, settings), Stops.named(stop));
  }

  /**
   * Checks a method's name.
   *
   * @param method as it stands on the command line
   * @throws InputException if there is no such method
   */
  public static void known(String method) {
    entry(method);
  }

  private static Entry entry(String method, Task task, boolean wholeClass) {
    Entry entry = entry(method);
    return wholeClass && task == Task.IMAGE ? OF_A_CLASS.getOrDefault(method, entry) : entry;
  }

  private static Class<? extends UnlearningMethod> record(String method) {
    return entry(method).defaults().apply(Task.CLASSIFY).getClass();
  }

  private static Entry entry(String method) {
    Entry entry = all().get(method);
    if (entry == null) {
      throw new InputException(
          "--method " + method + ": no such method; there is " + String.join(", ", names()));
    }
    return entry;
  }
}
