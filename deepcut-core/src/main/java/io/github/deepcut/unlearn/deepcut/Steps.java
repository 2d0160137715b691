package io.github.deepcut.unlearn.deepcut;

import io.github.deepcut.data.Task;
import io.github.deepcut.tensor.Weights;
import io.github.deepcut.train.Batches;
import io.github.deepcut.train.Optimizer;
import io.github.deepcut.train.Recipe;
import io.github.deepcut.unlearn.Setting;
import io.github.deepcut.unlearn.Setting.Range;
import io.github.deepcut.unlearn.loop.BatchPlan;
import io.github.deepcut.unlearn.loop.BatchPlan.Draw;
import io.github.deepcut.unlearn.loop.Check;
import io.github.deepcut.unlearn.loop.RateSchedule;
import io.github.deepcut.unlearn.loop.Update;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** How many steps there are, of what, and how long. */
public record Steps(
    @Setting(value = "peak rate, times that of the model's training", range = Range.POSITIVE)
        double relativeRate,
    @Setting(value = "most passes over D_f", range = Range.AT_LEAST_ONE) int passes,
    @Setting(
            value = "steps that even a small request is given, by meeting more retained rows",
            range = Range.AT_LEAST_ONE)
        int minSteps,
    @Setting(
            value = "steps that a large request is given, by larger batches; 0: no limit",
            range = Range.NOT_NEGATIVE)
        int mostSteps,
    @Setting(value = "forgotten rows in a step", range = Range.AT_LEAST_ONE) int batchSize) {

  /** The rate falls to this share of its peak. */
  private static final double LEAST_RATE = 0.05;

  public Steps {
    Check.positive("relative_rate", relativeRate);
    Check.atLeastOne("passes", passes);
    Check.atLeastOne("min_steps", minSteps);
    Check.notNegative("most_steps", mostSteps);
    Check.atLeastOne("batch_size", batchSize);
  }

  /** What was chosen for a task. */
  public static Steps defaults(Task task) {
    return switch (task) {
      case CLASSIFY -> new Steps(0.7, 16, 40, 0, 32);
      case NER -> new Steps(0.7, 24, 20, 0, 48);
      case IMAGE -> new Steps(0.7, 24, 20, 200, 25);
    };
  }

  /**
   * A pass's batches of D_f, alike in size, of the sequences with an item that is to be moved; each
   * comes again, to meet other retained rows, where a small request would else make fewer than the
   * least steps.
   */
  BatchPlan plan(AnchorWeights weights) {
    return (pass, forget, retain, random) -> {
      int size = batchSize(forget);
      int[] order =
          Arrays.stream(Batches.sample(forget, forget, random)).filter(weights::moves).toArray();
      List<Draw> out = new ArrayList<>();
      int count = (order.length + size - 1) / size;
      int from = 0;
      for (int b = 1; b <= count; b++) {
        int to = (int) ((long) b * order.length / count);
        int[] rows = Arrays.copyOfRange(order, from, to);
        from = to;
        out.addAll(Collections.nCopies(times(forget, size), new Draw(rows, new int[0])));
      }
      return out;
    };
  }

  /** Forgotten rows in a step of a request of {@code forgotten}. */
  private int batchSize(int forgotten) {
    long all = (long) forgotten * passes;
    return mostSteps == 0 ? batchSize : (int) Math.max(batchSize, -Math.floorDiv(-all, mostSteps));
  }

  private int times(int forgotten, int size) {
    int all = (forgotten + size - 1) / size * passes;
    return Math.max(1, (minSteps + all - 1) / all);
  }

  /**
   * The peak for half of the passes, then linearly down to a twentieth of it: a rate that falls
   * before the items have arrived leaves them short of their targets. Of images, which arrive
   * sooner, it falls from the start.
   *
   * @param trained the rate at which the model was trained
   */
  RateSchedule rates(double trained, Task task) {
    double usual = task == Task.IMAGE ? trained * Recipe.SGD_TO_ADAMW : trained;
    double peak = relativeRate * usual;
    double held = task == Task.IMAGE ? 0 : 0.5;
    return new RateSchedule() {
      @Override
      public double peak() {
        return peak;
      }

      @Override
      public double rate(int pass, int batch, int size) {
        double done = (pass - 1 + (double) batch / size) / passes;
        return peak * Math.max(LEAST_RATE, Math.min(1, (1 - done) / (1 - held)));
      }
    };
  }

  /** AdamW with weight decay .01; of images SGD with momentum .9 and weight decay 1e-4. */
  static Update update(Weights weights, Task task) {
    return Update.of(
        task == Task.IMAGE
            ? Optimizer.sgd(weights, name -> true, 0.9, 1e-4, 1)
            : new Optimizer(weights, name -> true, 0.01, 1));
  }
}
