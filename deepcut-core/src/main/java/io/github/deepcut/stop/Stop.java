package io.github.deepcut.stop;

import java.util.Locale;

/**
 * When to stop unlearning.
 *
 * @param key the name of a rule, ours or a {@link StopRuleProvider}'s, in lower case
 */
public record Stop(String key) {
  /**
   * When the losses of D_f cannot be told from those of held-out data: {@link Indistinguishable}.
   */
  public static final Stop INDISTINGUISHABLE = new Stop("indistinguishable");

  /**
   * The published rules: {@link PaperRule}, or {@link ClassRule} where a class is forgotten whole.
   */
  public static final Stop PAPER = new Stop("paper");

  /** {@link LostClass} where a class is forgotten whole, else {@link PaperRule}. */
  public static final Stop CLASS = new Stop("class");

  /** Never: all passes that the method's settings allow are made. */
  public static final Stop NEVER = new Stop("never");

  /**
   * Takes the name of a rule; whether there is such a rule is {@link Stops#named}'s to say.
   *
   * @param key in upper or lower case
   */
  public Stop {
    key = key.toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return key;
  }
}
