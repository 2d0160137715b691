package io.github.deepcut.app.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.record.ShardPlan;
import io.github.deepcut.run.OutputFolder;
import io.github.deepcut.run.Run;
import io.github.deepcut.sisa.EnsembleTraining;
import io.github.deepcut.train.Trainer.Trained;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Trains an ensemble and tells what became of it; epochs and steps are those of all its models. */
final class EnsembleAnswer {
  private EnsembleAnswer() {}

  static Answer of(EnsembleTraining training, OutputFolder folder, Run run) {
    Instant start = run.clock().instant();
    Trained trained = training.train(folder, run);
    folder.commit();
    double seconds = Duration.between(start, run.clock().instant()).toMillis() / 1000.0;
    ShardPlan plan = training.plan();
    ObjectNode json = Answer.MAPPER.createObjectNode();
    json.put("command", "train").put("task", plan.task()).put("seed", plan.recipe().seed());
    json.put("examples", training.data().size()).put("labels", training.labels().size());
    json.put("shards", plan.shards().size()).put("slices", plan.slices());
    json.put("epochs", trained.epochs()).put("steps", trained.steps());
    json.put("seconds", seconds).put("out", folder.target().toString());
    String text =
        String.format(
            Locale.ROOT,
            "trained on %d examples of %d labels: %d shards of %d slices, %d epochs and %d steps in"
                + " all, %.1f s",
            training.data().size(),
            training.labels().size(),
            plan.shards().size(),
            plan.slices(),
            trained.epochs(),
            trained.steps(),
            seconds);
    return Answer.done(json, List.of(text, "written to " + folder.target()));
  }
}
