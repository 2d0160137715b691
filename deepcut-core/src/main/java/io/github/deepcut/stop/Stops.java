package io.github.deepcut.stop;

import io.github.deepcut.run.InputException;
import io.github.deepcut.run.Providers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/** The stop rules by their names, ours and others' ({@link StopRuleProvider}). */
public final class Stops {
  private static final List<String> OURS =
      Stream.of(Stop.INDISTINGUISHABLE, Stop.PAPER, Stop.CLASS, Stop.NEVER).map(Stop::key).toList();

  private Stops() {}

  private static Map<String, StopRuleProvider> found; // null until somebody asked

  /** {@return the rules that jars on the class path bring, by their names; looked for once} */
  public static synchronized Map<String, StopRuleProvider> found() {
    if (found == null) {
      found =
          Collections.unmodifiableMap(
              Providers.byName(
                  ServiceLoader.load(StopRuleProvider.class), StopRuleProvider::name, OURS));
    }
    return found;
  }

  /** {@return the names of all rules, ours first} */
  public static List<String> names() {
    List<String> names = new ArrayList<>(OURS);
    names.addAll(found().keySet());
    return List.copyOf(names);
  }

  /**
   * {@return the rule of a name}
   *
   * @param name in upper or lower case
   * @throws InputException if there is none
   */
  public static Stop named(String name) {
    Stop stop = new Stop(name);
    List<String> names = names();
    int last = names.size() - 1;
    if (!names.contains(stop.key())) {
      throw new InputException(
          "--set stop=%s: expected %s or %s"
              .formatted(name, String.join(", ", names.subList(0, last)), names.get(last)));
    }
    return stop;
  }
}
