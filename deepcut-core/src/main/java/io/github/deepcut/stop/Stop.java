package io.github.deepcut.stop;

import java.util.Locale;

/**
 * When to stop unlearning.
 *
 * @param key the name of a rule, ours or a {@link StopRuleProvider}'s, in lower case
 */
public record Stop(String key) {
  public static final Stop INDISTINGUISHABLE = new Stop("indistinguishable");
  public static final Stop PAPER = new Stop("paper");
  public static final Stop CLASS = new Stop("class");
  public static final Stop NEVER = new Stop("never");

  public Stop {
    key = key.toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return key;
  }
}
