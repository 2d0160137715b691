package io.github.deepcut.sisa;

import io.github.deepcut.FineTuning;
import io.github.deepcut.FineTuning.Tuned;
import io.github.deepcut.data.Dataset;
import io.github.deepcut.model.folder.ModelFolder;
import io.github.deepcut.record.Machine;
import io.github.deepcut.record.ModelRecord;
import io.github.deepcut.record.ShardPlan;
import io.github.deepcut.run.OutputFolder;
import io.github.deepcut.run.Run;
import io.github.deepcut.train.Recipe;
import io.github.deepcut.train.Trainer.Trained;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/**
 * SISA training (Bourtoule et al., arXiv 1912.03817): a model for each shard, which learns one
 * slice after the other, each together with those before it. After every slice the model is
 * written; the next one starts from what was written, with a rate, moments and a seed of its own,
 * so that it cannot tell whether the slice before was trained just now or long ago.
 *
 * @param base what every model starts from; asked when one does
 * @param labels all there are; a shard may lack some
 * @param data every row of the plan; others are left out
 * @param dataFile where they are from, for the records
 */
public record EnsembleTraining(
    Supplier<ModelFolder> base, ShardPlan plan, List<String> labels, Dataset data, Path dataFile) {
  /** Before the first epoch. */
  static final Trained NOTHING = new Trained(0, 0, Double.NaN, Double.NaN);

  /**
   * Trains every shard and writes the ensemble.
   *
   * @return the epochs and steps of all its models, and the last loss of the last one
   * @throws io.github.deepcut.run.InputException if base and data do not fit each other, or the
   *     data lack rows of the plan
   */
  public Trained train(OutputFolder out, Run run) {
    Instant start = run.clock().instant();
    Trained all = NOTHING;
    for (int shard = 1; shard <= plan.shards().size(); shard++) {
      all = sum(all, shard(shard, 1, out, run));
    }
    plan.write(out.path());
    new FineTuning(base.get(), plan.recipe())
        .record(data, dataFile, run.since(start), Machine.environment())
        .write(out.path());
    return all;
  }

  /** Trains a shard from a slice on; what it learnt before lies in {@code out} already. */
  Trained shard(int shard, int from, OutputFolder out, Run run) {
    Trained all = NOTHING;
    for (int slice = from; slice <= plan.slices(); slice++) {
      if (!plan.learnt(shard, slice).isEmpty()) {
        all = sum(all, slice(shard, slice, out, run));
      }
    }
    return all;
  }

  private Trained slice(int shard, int slice, OutputFolder out, Run run) {
    Path before = ShardPlan.folder(out.path(), shard, slice - 1);
    boolean first = plan.learnt(shard, slice - 1).isEmpty();
    ModelFolder start = first ? base.get() : ModelFolder.read(before);
    Recipe recipe = plan.recipe(shard, slice);
    FineTuning tuning = new FineTuning(start, recipe);
    Dataset rows = data.select(plan.positions(shard, slice, data));
    String what = "shard %d of %d, slice %d of %d: %d rows, %d epochs";
    int shards = plan.shards().size();
    run.progress()
        .say(what.formatted(shard, shards, slice, plan.slices(), rows.size(), recipe.epochs()));
    Tuned tuned = tuning.train(rows, labels, run);
    try (var weights = tuned.weights()) {
      ModelRecord record = tuning.record(rows, dataFile, tuned);
      tuned.writeTo(
          ShardPlan.folder(out.path(), shard, slice), record.moved(out.path(), out.target()));
    }
    return tuned.trained();
  }

  static Trained sum(Trained a, Trained b) {
    return new Trained(a.epochs() + b.epochs(), a.steps() + b.steps(), b.lastLoss(), b.bestScore());
  }
}
