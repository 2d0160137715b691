package io.github.deepcut.app.command;

import io.github.deepcut.run.InputException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** What to compare the unlearned model with. */
final class RetrainOptions {
  @Option(
      names = "--retrain",
      description = "Retrain without the forgotten examples, as the model was trained.")
  private boolean retrain;

  @Option(
      names = "--retrained",
      paramLabel = "DIR",
      description = "A model that never saw the forgotten examples.")
  private Path retrained;

  @Option(
      names = "--keep-retrained",
      paramLabel = "DIR",
      description = "With --retrain: write the retrained model there.")
  private Path keep;

  void check() {
    if (retrain && retrained != null) {
      throw new InputException("give --retrain or --retrained, not both");
    }
    if (keep != null && !retrain) {
      throw new InputException("--keep-retrained needs --retrain");
    }
  }

  boolean retrain() {
    return retrain;
  }

  Path retrained() {
    return retrained;
  }

  Path keep() {
    return keep;
  }
}
