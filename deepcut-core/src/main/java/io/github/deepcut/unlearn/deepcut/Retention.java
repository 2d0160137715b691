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
    @Setting(value = "retained rows in a step", range = Range.AT_LEAST_ONE) int retainBatchSize) {

  public Retention {
    Check.notNegative("distill", distill);
    Check.positive("distill_temperature", distillTemperature);
    Check.atLeastOne("retain_batch_size", retainBatchSize);
  }

  /** What was chosen for a task; images go like a short training on D_r. */
  public static Retention defaults(Task task) {
    return switch (task) {
      case CLASSIFY -> new Retention(12, 4, 24);
      case NER -> new Retention(6, 4, 24);
      case IMAGE -> new Retention(0, 4, 128);
    };
  }
}
