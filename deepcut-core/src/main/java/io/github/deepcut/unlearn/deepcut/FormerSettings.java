package io.github.deepcut.unlearn.deepcut;

import io.github.deepcut.data.Task;
import io.github.deepcut.run.InputException;
import java.util.Map;
import java.util.Set;

/**
 * Settings of {@link DeepCut} in version 0.1.0 that are settings no more. What each was by default
 * is still taken where it changes nothing; any other value is refused with what to write now.
 */
public final class FormerSettings {
  private static final String PAPER = "--method deepcut-paper has it";
  private static final String NONE = "nothing has taken its place";

  /** What it was in words: its default where all tasks had the same, and what to do instead. */
  private record Former(String value, String now) {}

  private static final Map<String, Former> FORMER =
      Map.ofEntries(
          Map.entry("push", new Former("calibrated", "for plain write --method deepcut-paper")),
          Map.entry("loss", new Former("deepcut", NONE)),
          Map.entry("temperature", new Former("0.1", PAPER)),
          Map.entry("pull", new Former("1", NONE)),
          Map.entry("softness", new Former("1", NONE)),
          Map.entry("learning_rate", new Former("0", "write relative_rate, times the training's")),
          Map.entry("decay", new Former("true", PAPER)),
          Map.entry("retain_batches", new Former("1", PAPER + "; so does min_steps")),
          Map.entry("dropout", new Former("false", "--method deepcut-paper goes through dropout")),
          Map.entry("views", new Former("1", PAPER)),
          Map.entry("class_cap", new Former("64", NONE)),
          Map.entry("hard_mixing", new Former("0", NONE)),
          Map.entry("anchor_background", new Former("true", "--method deepcut-paper leaves O out")),
          Map.entry("train_embeddings", new Former("true", NONE)),
          Map.entry("train_layers", new Former("0", NONE)),
          Map.entry("neighbours", new Former("64", NONE)),
          Map.entry("shrink", new Former("1", NONE)),
          Map.entry("held_out", new Former("1000", NONE)));

  /** Of how pushes were scaled, which those on log losses need not be. */
  private static final Set<String> GONE =
      Set.of(
          "descent",
          "gamma_gain",
          "push_floor",
          "least_push",
          "corruption",
          "contrast",
          "retain_least");

  private FormerSettings() {}

  /**
   * Whether {@code key} was a setting and has the value that it is fixed at.
   *
   * @throws InputException where it has another, or there is nothing left of it
   */
  public static boolean isKnown(Task task, String key, String value) {
    if (GONE.contains(key)) {
      throw new InputException(
          "--set %s=%s: a setting of deepcut no more: it moves log losses now, and %s"
              .formatted(key, value, NONE));
    }
    Former former =
        switch (key) {
          case "optimizer" -> new Former(task == Task.IMAGE ? "sgd" : "adamw", PAPER);
          case "sharpness" -> new Former(task == Task.IMAGE ? "20" : "10", NONE);
          default -> FORMER.get(key);
        };
    if (former == null) {
      return false;
    }
    if (!same(former.value, value)) {
      throw new InputException(
          "--set %s=%s: a setting of deepcut no more, fixed at %s; %s"
              .formatted(key, value, former.value, former.now));
    }
    return true;
  }

  private static boolean same(String a, String b) {
    try {
      return Double.parseDouble(a) == Double.parseDouble(b);
    } catch (NumberFormatException words) {
      return a.equalsIgnoreCase(b);
    }
  }
}
