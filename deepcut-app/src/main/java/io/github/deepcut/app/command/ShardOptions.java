package io.github.deepcut.app.command;

import io.github.deepcut.FineTuning;
import io.github.deepcut.data.Dataset;
import io.github.deepcut.record.ShardPlan;
import io.github.deepcut.run.InputException;
import io.github.deepcut.sisa.EnsembleTraining;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** How to train an ensemble in shards and slices, for {@code unlearn --method sisa}. */
final class ShardOptions {
  /** Where only the shards are told. */
  private static final int SLICES = 4;

  @Option(
      names = "--shards",
      paramLabel = "N",
      description =
          "Train an ensemble for --method sisa: a model for each of N random parts of the rows.")
  private Integer shards;

  @Option(
      names = "--slices",
      paramLabel = "N",
      description =
          "With --shards: learn each shard in N slices, and keep the model after each (default: 4).")
  private Integer slices;

  boolean wanted() {
    return shards != null;
  }

  /** Refuses what does not go together. */
  void check(Path evalOrNull, ResumeOptions resume) {
    if (slices != null && shards == null) {
      throw new InputException("--slices needs --shards");
    }
    if (shards != null && evalOrNull != null) {
      throw new InputException(
          "give --eval or --shards, not both: what a shard learns must depend on its rows alone");
    }
    if (shards != null) {
      resume.refuse("the training of an ensemble");
    }
  }

  /** How to train the ensemble that is asked for. */
  EnsembleTraining training(FineTuning one, Dataset rows, Path data) {
    ShardPlan plan =
        ShardPlan.of(rows, one.base(), one.recipe(), shards, slices == null ? SLICES : slices);
    return new EnsembleTraining(one::base, plan, rows.labels(), rows, data);
  }
}
