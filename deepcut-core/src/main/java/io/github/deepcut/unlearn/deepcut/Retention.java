package io.github.deepcut.unlearn.deepcut;

import io.github.deepcut.data.Task;
import io.github.deepcut.unlearn.Setting;
import io.github.deepcut.unlearn.Setting.Range;
import io.github.deepcut.unlearn.loop.Check;

/** How the model is held on retained items: the settings of {@link DistillationLoss}. */
public record Retention(
    @Setting(
            value = "κ, weight of the original's softened outputs; 0: train on the labels instead",
            range = Range.NOT_NEGATIVE)
        double distill,
    @Setting(
            value = "T by which both outputs are softened: the higher, the more small ones count",
            range = Range.POSITIVE)
        double distillTemperature,
    @Setting(
            value = "share of tokens exchanged in the copies of retained rows that are held, too",
            range = Range.SHARE)
        double corruption,
    @Setting(
            value = "retained rows in a step, at least; between the two, as many as forgotten ones",
            range = Range.AT_LEAST_ONE)
        int retainLeast,
    @Setting(value = "retained rows in a step, at most", range = Range.AT_LEAST_ONE)
        int retainBatchSize) {

  public Retention {
    Check.notNegative("distill", distill);
    Check.positive("distill_temperature", distillTemperature);
    Check.share("corruption", corruption);
    Check.atLeastOne("retain_least", retainLeast);
    Check.atLeastOne("retain_batch_size", retainBatchSize);
  }

  /**
   * What was chosen for a task. A tagger generalises less, so it is held on more than the sentences
   * that it has memorised; images go like a short training on D_r.
   */
  public static Retention defaults(Task task) {
    return switch (task) {
      case CLASSIFY -> new Retention(5, 2, 0, 8, 12);
      case NER -> new Retention(6, 4, 0.6, 8, 16);
      case IMAGE -> new Retention(0, 2, 0, 128, 128);
    };
  }

  /** Retained rows that meet so many forgotten ones in a step. */
  int rows(int forgotten) {
    return Math.min(retainBatchSize, Math.max(retainLeast, forgotten));
  }
}
