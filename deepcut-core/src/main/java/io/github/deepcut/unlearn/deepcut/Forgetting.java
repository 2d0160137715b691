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
            value = "α, weight of the cross-entropy of what is pushed, which is ascended",
            range = Range.NOT_NEGATIVE)
        double ascent,
    @Setting(
            value = "β, share of α by which that of what is pulled back is descended",
            range = Range.NOT_NEGATIVE)
        double descent,
    @Setting(
            value = "η, growth of a push per pass while its item stays on one side of its target",
            range = Range.NOT_NEGATIVE)
        double gammaGain,
    @Setting(value = "φ, mean push below which the loss fades out", range = Range.POSITIVE)
        double pushFloor,
    @Setting("what forgotten items are compared with: all others of the batch, or retained ones")
        ContrastSet contrast) {

  /** What an anchor is contrasted with. */
  public enum ContrastSet {
    /** Every other item of the batch, retained or forgotten. */
    BATCH,
    /** Retained items alone. */
    RETAINED
  }

  public Forgetting {
    Check.positive("gamma", gamma);
    Check.notNegative("ascent", ascent);
    Check.notNegative("descent", descent);
    Check.notNegative("gamma_gain", gammaGain);
    Check.positive("push_floor", pushFloor);
  }

  /**
   * What was chosen for a task. Every word is an anchor and has its partners, so a smaller γ does,
   * beside the push on the cross-entropy; of images the latent push costs more test accuracy than
   * the ascent, and is but a trace.
   */
  public static Forgetting defaults(Task task) {
    return switch (task) {
      case CLASSIFY -> new Forgetting(3, 0, 0, 0.5, 0.02, ContrastSet.BATCH);
      case NER -> new Forgetting(0.2, 1, 1, 0.5, 0.02, ContrastSet.RETAINED);
      case IMAGE -> new Forgetting(0.01, 0.4, 0, 0, 1, ContrastSet.RETAINED);
    };
  }
}
