package io.github.deepcut.run;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** What others bring, by its names. */
public final class Providers {
  private Providers() {}

  /**
   * All of them, in their order.
   *
   * @param taken names that are no longer free
   * @throws InputException if a name cannot be one, or is taken
   */
  public static <T> Map<String, T> byName(
      Iterable<T> all, Function<T, String> name, Collection<String> taken) {
    Map<String, T> out = new LinkedHashMap<>();
    for (T one : all) {
      String its = name.apply(one);
      if (!its.matches("[a-z][a-z0-9_-]*")) {
        throw wrong(one, its, "expected a lower-case letter, then such letters, digits, - and _");
      }
      if (taken.contains(its) || out.put(its, one) != null) {
        throw wrong(one, its, "there is one of that name already");
      }
    }
    return out;
  }

  private static InputException wrong(Object one, String name, String rule) {
    return new InputException(
        "%s brings the name '%s': %s".formatted(one.getClass().getName(), name, rule));
  }
}
