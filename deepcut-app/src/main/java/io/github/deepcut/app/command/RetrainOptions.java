package io.github.deepcut.app.command;

import io.github.deepcut.certificate.Predicate;
import io.github.deepcut.provenance.Fingerprint;
import io.github.deepcut.run.InputException;
import io.github.deepcut.run.OutputFolder;
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

  /**
   * Where a model that is retrained gets written: where it is to be kept, or for its fingerprint
   * alone, to go again. Null where none is.
   *
   * @param certified whether the fingerprint is needed
   */
  OutputFolder open(OutOptions out, boolean certified, Path model, Path data) {
    if (keep != null) {
      return OutOptions.open(keep, out.force(), model, data, out.path());
    }
    Path target = out.path().toAbsolutePath().normalize();
    return retrain && certified
        ? OutputFolder.create(target.resolveSibling(target.getFileName() + ".retrained"), true)
        : null;
  }

  /** What a certificate says of the model; null where there is none. */
  Predicate.Retrained certified(OutputFolder writtenOrNull) {
    if (retrained != null) {
      return new Predicate.Retrained("given", Fingerprint.ofModel(retrained));
    }
    return writtenOrNull == null
        ? null
        : new Predicate.Retrained("trained", Fingerprint.ofModel(writtenOrNull.path()));
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
