package io.github.deepcut.app.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.EnsembleTraining;
import io.github.deepcut.FineTuning;
import io.github.deepcut.ShardPlan;
import io.github.deepcut.data.Dataset;
import io.github.deepcut.run.InputException;
import io.github.deepcut.run.OutputFolder;
import io.github.deepcut.run.Run;
import io.github.deepcut.train.Trainer.Trained;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Option;

/** How to train an ensemble in shards and slices, for {@code unlearn --method sisa}. */
final class ShardOptions {
  /** As in the paper's experiments. */
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

  Answer train(FineTuning tuning, Dataset rows, Path data, OutputFolder folder, Run run) {
    Instant start = run.clock().instant();
    List<String> labels = rows.labels();
    int each = slices == null ? SLICES : slices;
    ShardPlan plan = ShardPlan.of(rows, tuning.base(), tuning.recipe(), shards, each);
    Trained trained =
        new EnsembleTraining(tuning.base(), plan, labels, data).train(rows, folder, run);
    folder.commit();
    double seconds = Duration.between(start, run.clock().instant()).toMillis() / 1000.0;
    ObjectNode json = Answer.MAPPER.createObjectNode();
    json.put("command", "train").put("task", plan.task()).put("seed", tuning.recipe().seed());
    json.put("examples", rows.size()).put("labels", labels.size());
    json.put("shards", shards).put("slices", each);
    json.put("epochs", trained.epochs()).put("steps", trained.steps());
    json.put("seconds", seconds).put("out", folder.target().toString());
    return Answer.done(
        json,
        String.format(
            Locale.ROOT,
            "trained an ensemble on %d examples of %d labels: %d shards of %d slices, %d epochs and"
                + " %d steps in all, %.1f s%nwritten to %s",
            rows.size(),
            labels.size(),
            shards,
            each,
            trained.epochs(),
            trained.steps(),
            seconds,
            folder.target()));
  }
}
