package io.github.deepcut.app.command;

import io.github.deepcut.data.Dataset;
import io.github.deepcut.data.Table;
import io.github.deepcut.data.read.DatasetReader;
import io.github.deepcut.pool.Workers;
import io.github.deepcut.run.InputException;
import io.github.deepcut.run.Run;
import io.github.deepcut.sibling.Folds;
import io.github.deepcut.sibling.SiblingJob;
import io.github.deepcut.sibling.Siblings;
import io.github.deepcut.sibling.Units;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Siblings that are trained along with their model, as {@code deepcut siblings} does it. */
final class TrainedSiblings {
  private static final Folds FOLDS = new Folds(10, 1, 1);

  @Option(
      names = "--siblings",
      arity = "0..1",
      fallbackValue = Units.ROW,
      paramLabel = "UNIT",
      description =
          "Then train ten siblings, each without a tenth of the rows, or of the units of a column:"
              + " see deepcut siblings.")
  private String unit;

  @Option(
      names = "--holdout",
      paramLabel = "FILE",
      description = "With --siblings: data that the model never saw, as unlearn has it.")
  private Path holdout;

  @Mixin private SiblingOptions cache;

  /** Complains before the work begins. */
  void check(boolean sharded, boolean judged) {
    if (unit == null && holdout != null) {
      throw new InputException("--holdout needs --siblings");
    }
    if (unit != null && sharded) {
      throw new InputException("--siblings: an ensemble forgets exactly and needs none");
    }
    if (unit != null && judged) {
      throw new InputException(
          "--siblings are trained for all epochs, but --eval keeps the model's best one: leave one"
              + " of them out");
    }
  }

  /** Complains before the work begins, where data have no such units or cannot be read. */
  void check(Table table) {
    if (unit != null && !unit.equals(Units.CLUSTER)) { // of which the model has to be there
      FOLDS.without(Units.of(unit, table, FOLDS.seed()));
    }
    if (holdout != null) {
      Dataset data = table.dataset();
      Siblings.requireLabels(DatasetReader.read(holdout, data.task()).dataset(), data.labels());
    }
  }

  /** Trains them, where they are asked for; says what came of it. */
  List<String> train(Path model, Path data, Run run) {
    if (unit == null) {
      return List.of();
    }
    SiblingJob.Done done =
        SiblingJob.of(model, data, Optional.ofNullable(holdout), cache.folder(), unit, FOLDS)
            .fill(Workers.defaultJobs(), run);
    return List.of(SiblingsCommand.line(FOLDS, unit, done), SiblingsCommand.where(done));
  }
}
