package io.github.deepcut.app.command;

import io.github.deepcut.report.Collapse;
import io.github.deepcut.report.Row;
import io.github.deepcut.run.Progress;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What to do with a model that unlearning has ruined. */
final class CollapseOptions {
  @Option(
      names = "--allow-collapse",
      description =
          "Write the model even where it has lost what it knew of the retained examples (more than"
              + " 10 points of accuracy or F1, beyond noise), which else fails the run.")
  private boolean allowed;

  /**
   * Fails the run, or warns.
   *
   * @throws IllegalStateException if the metric of the retained samples collapsed
   */
  void check(List<Row> rows, Progress progress) {
    Optional<String> why = Collapse.DEFAULT.in(rows);
    if (why.isPresent() && !allowed) {
      throw new IllegalStateException(
          why.get()
              + ": unlearning ruined the model, nothing is written; lower the learning rate or passes"
              + " (--set), or pass --allow-collapse");
    }
    why.ifPresent(text -> progress.say("warning: " + text + ": unlearning ruined the model"));
  }
}
