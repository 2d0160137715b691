package io.github.deepcut;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.data.Task;
import io.github.deepcut.run.InputException;
import io.github.deepcut.run.Providers;
import io.github.deepcut.stop.Stop;
import io.github.deepcut.stop.Stops;
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
  private record Entry(Function<Task, UnlearningMethod> defaults, Stop stop, About about) {}

  /**
   * A method in a line.
   *
   * @param what it does to a model
   * @param source where it is published; empty where it is nobody's
   */
  public record About(String what, String source) {}

  private static final Map<String, Entry> OURS = new LinkedHashMap<>();

  static {
    add(
        Stop.NEVER,
        DeepCut::defaults,
        "pushes each forgotten item in latent space to the loss it would have unseen",
        "after arXiv 2503.14900");
    add(
        Stop.INDISTINGUISHABLE,
        DeepCutPaper::defaults,
        "pushes forgotten items in latent space from their class, all alike",
        "arXiv 2503.14900");
    add(
        Stop.PAPER,
        ContrastiveUnlearning::defaults,
        "pushes forgotten items from their class towards others",
        "arXiv 2401.10458");
    add(Stop.NEVER, task -> new Retrain(), "trains anew without D_f: exact, and the yardstick", "");
    add(Stop.NEVER, FineTune::defaults, "trains on with D_r alone", "arXiv 1911.04933");
    add(
        Stop.PAPER,
        GradientAscent::defaults,
        "ascends the loss of D_f",
        "arXiv 1911.04933, 2109.13398");
    add(
        Stop.NEVER,
        NegGradPlus::defaults,
        "ascends on D_f and descends on D_r at once",
        "arXiv 2302.09880");
    add(
        Stop.NEVER,
        RandomLabels::defaults,
        "teaches D_f wrong labels",
        "arXiv 1911.04933, 2010.10981");
    add(
        Stop.NEVER,
        SalUn::defaults,
        "random labels, by the weights that matter to D_f alone",
        "arXiv 2310.12508");
    add(
        Stop.NEVER,
        Scrub::defaults,
        "a student that disobeys its teacher on D_f and obeys on D_r",
        "arXiv 2302.09880");
    add(
        Stop.NEVER,
        BadTeacher::defaults,
        "learns D_f from a teacher that knows nothing",
        "arXiv 2205.08096");
    add(Stop.NEVER, KlToUniform::defaults, "makes the answers on D_f undecided", "folklore");
    add(Stop.NEVER, Kga::defaults, "knows of D_f as little as of unseen data", "arXiv 2305.06535");
    add(
        Stop.NEVER,
        Fisher::defaults,
        "adds noise where D_r does not need precision",
        "arXiv 1911.04933");
    add(Stop.NEVER, Ssd::defaults, "dampens weights that matter to D_f most", "arXiv 2308.07707");
    add(
        Stop.NEVER,
        BoundaryShrink::defaults,
        "teaches D_f the nearest wrong class",
        "arXiv 2303.11570");
    add(
        Stop.NEVER,
        BoundaryExpand::defaults,
        "teaches D_f a class that is then dropped",
        "arXiv 2303.11570");
    add(
        Stop.NEVER,
        Unsir::defaults,
        "impairs by learnt noise, then repairs; whole classes alone",
        "arXiv 2111.08947");
    add(
        Stop.NEVER,
        Delete::defaults,
        "teaches D_f what the original says without the own class",
        "arXiv 2503.23751");
    add(
        Stop.NEVER,
        CoUn::defaults,
        "trains on with D_r, contrasting two views of each item",
        "arXiv 2509.16391");
    add(Stop.NEVER, task -> new Sisa(), "retrains parts of an ensemble: exact", "arXiv 1912.03817");
  }

  /** Of images, where a class is forgotten whole. */
  private static final Map<String, Entry> OF_A_CLASS =
      Map.of(
          "contrastive-unlearning",
          new Entry(
              task -> ContrastiveUnlearning.ofClass(),
              Stop.CLASS,
              OURS.get("contrastive-unlearning").about()));

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
        .forEach(
            (name, p) ->
                all.put(name, new Entry(p::defaults, p.stop(), new About(p.what(), p.source()))));
    return all;
  }

  private static void add(
      Stop stop, Function<Task, UnlearningMethod> defaults, String what, String source) {
    String name = defaults.apply(Task.CLASSIFY).name();
    OURS.put(name, new Entry(defaults, stop, new About(what, source)));
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
   * {@return what a method is for}
   *
   * @param method its name on the command line
   * @throws InputException if there is no such method
   */
  public static About about(String method) {
    return entry(method).about();
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
    Class<?> type = entry(method).defaults().apply(Task.CLASSIFY).getClass();
    out.putAll(MethodSettings.described(type));
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

  private static Entry entry(String method) {
    Entry entry = all().get(method);
    if (entry == null) {
      throw new InputException(
          "--method " + method + ": no such method; there is " + String.join(", ", names()));
    }
    return entry;
  }
}
