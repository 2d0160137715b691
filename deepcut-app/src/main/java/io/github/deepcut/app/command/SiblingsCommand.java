package io.github.deepcut.app.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.pool.Workers;
import io.github.deepcut.run.Run;
import io.github.deepcut.sibling.Folds;
import io.github.deepcut.sibling.SiblingJob;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code deepcut siblings}. */
@Command(
    name = "siblings",
    sortOptions = false,
    description =
        "Trains siblings of a model: as it was trained, each without a fold of its data. What they"
            + " say of the rows that they never saw is kept, and later requests to unlearn look up"
            + " there where to take the forgotten rows.")
final class SiblingsCommand extends AbstractCommand {
  @Option(names = "--model", required = true, paramLabel = "DIR", description = "The model.")
  private Path model;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "FILE",
      description = "What it was trained on.")
  private Path data;

  @Option(
      names = "--holdout",
      paramLabel = "FILE",
      description =
          "Data that the model never saw, as unlearn has it: targets are calibrated by it.")
  private Path holdout;

  @Option(
      names = "--unit",
      defaultValue = "row",
      paramLabel = "NAME",
      description =
          "What is forgotten together, and so left out together: row, a column (patient, say),"
              + " half-class, entity, or cluster (default: ${DEFAULT-VALUE}).")
  private String unit;

  @Option(
      names = "--folds",
      defaultValue = "10",
      paramLabel = "N",
      description = "Folds a round (default: ${DEFAULT-VALUE}).")
  private int folds;

  @Option(
      names = "--rounds",
      defaultValue = "1",
      paramLabel = "N",
      description = "Rounds; as many siblings never see a row (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--jobs",
      paramLabel = "N",
      description = "Processes that train them at a time (default: one a core).")
  private Integer jobs;

  @Mixin private SiblingOptions cache;

  @Option(names = "--seed", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Override
  Answer answer() {
    Run run = run(seed);
    Folds dealt = new Folds(folds, rounds, seed);
    SiblingJob.Done done =
        SiblingJob.of(model, data, Optional.ofNullable(holdout), cache.folder(), unit, dealt)
            .fill(jobs == null ? Workers.defaultJobs() : jobs, run);
    ObjectNode json = Answer.MAPPER.createObjectNode().put("command", "siblings");
    json.put("unit", unit).put("folds", folds).put("rounds", rounds).put("seed", seed);
    json.put("siblings", dealt.siblings()).put("largest_fold", done.largestFold());
    json.put("seconds", done.seconds()).put("folder", done.folder().toString());
    return Answer.done(json, List.of(line(dealt, unit, done), where(done)));
  }

  static String line(Folds folds, String unit, SiblingJob.Done done) {
    return String.format(
        Locale.ROOT,
        "%d siblings, each trained without %d rows at most (unit: %s), %.1f s",
        folds.siblings(),
        done.largestFold(),
        unit,
        done.seconds());
  }

  static String where(SiblingJob.Done done) {
    return "what they say is in " + done.folder();
  }
}
