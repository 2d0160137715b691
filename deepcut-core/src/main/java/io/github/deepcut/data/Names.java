package io.github.deepcut.data;

import java.util.Collection;
import java.util.stream.Collectors;

/** Lists names in messages. */
public final class Names {
  private Names() {}

  /** The first {@code most} of them, and how many more there are. */
  public static String first(int most, Collection<String> names) {
    String shown = names.stream().limit(most).collect(Collectors.joining(", "));
    return names.size() > most ? shown + " and " + (names.size() - most) + " more" : shown;
  }
}
