package io.github.deepcut.audit;

import io.github.deepcut.run.InputException;
import io.github.deepcut.run.Providers;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/**
 * Attacks of one's own by their names. Found by {@link ServiceLoader}: a jar on the class path
 * names its attacks, public classes with a constructor without arguments, in {@code
 * META-INF/services/io.github.deepcut.audit.Attack}.
 */
public final class Attacks {
  /** By which every audit attacks: scores, and the loss on entities. */
  private static final List<String> OURS =
      Stream.concat(ScoreAttacks.ALL.stream().map(Attack::name), Stream.of("mention", "entity"))
          .toList();

  private Attacks() {}

  /**
   * Some of those that jars on the class path bring, each once.
   *
   * @throws InputException if there is none of a name
   */
  public static List<Attack> named(Collection<String> names) {
    if (names.isEmpty()) {
      return List.of();
    }
    Map<String, Attack> found = byName(ServiceLoader.load(Attack.class));
    return names.stream().distinct().map(name -> one(name, found)).toList();
  }

  private static Attack one(String name, Map<String, Attack> found) {
    if (!found.containsKey(name)) {
      throw new InputException(
          "--attack %s: no such attack; beside %s, which every audit makes, there is %s"
              .formatted(
                  name,
                  String.join(", ", OURS),
                  found.isEmpty() ? "none" : String.join(", ", found.keySet())));
    }
    return found.get(name);
  }

  /** Attacks that stand in a report beside ours, by names that are free. */
  public static Map<String, Attack> byName(Iterable<Attack> attacks) {
    return Providers.byName(attacks, Attack::name, OURS);
  }
}
