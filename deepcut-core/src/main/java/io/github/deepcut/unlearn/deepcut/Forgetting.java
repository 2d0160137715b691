package io.github.deepcut.unlearn.deepcut;

import io.github.deepcut.data.Task;
import io.github.deepcut.unlearn.Setting;
import io.github.deepcut.unlearn.Setting.Range;
import io.github.deepcut.unlearn.loop.Check;

/**
 * How forgotten items are moved: the settings of {@link ForgettingLoss} and {@link AnchorWeights}.
 */
public record Forgetting(
    @Setting(value = "γ, weight of the loss in latent space", range = Range.POSITIVE) double gamma,
    @Setting(
            value =
                "α, weight of the log loss, which goes up where an item is pushed, down where pulled",
            range = Range.NOT_NEGATIVE)
        double ascent) {

  public Forgetting {
    Check.positive("gamma", gamma);
    Check.notNegative("ascent", ascent);
  }

  /**
   * What was chosen for a task. Of images the latent push costs more test accuracy than the ascent,
   * and is but a trace.
   */
  public static Forgetting defaults(Task task) {
    return switch (task) {
      case CLASSIFY, NER -> new Forgetting(0.2, 1);
      case IMAGE -> new Forgetting(0.01, 0.1);
    };
  }
}
