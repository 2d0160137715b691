package io.github.deepcut.app.command;

import io.github.deepcut.Erasure;
import io.github.deepcut.FineTunedModel;
import io.github.deepcut.FineTuning;
import io.github.deepcut.Reference;
import io.github.deepcut.certificate.Predicate;
import io.github.deepcut.run.InputException;
import io.github.deepcut.run.OutputFolder;
import io.github.deepcut.run.Run;
import java.nio.file.Path;
import java.util.Optional;
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

  /** What a certificate says of the model. */
  Optional<Predicate.Retrained> certified(OutputFolder writtenOrNull) {
    return Optional.ofNullable(retrained)
        .map(Predicate.Retrained::given)
        .or(
            () ->
                Optional.ofNullable(writtenOrNull).map(w -> Predicate.Retrained.trained(w.path())));
  }

  /** Complains where it is not known how to retrain. */
  void check(FineTunedModel original) {
    try {
      if (retrain) {
        FineTuning.of(original);
      }
    } catch (InputException e) {
      throw new InputException(e.getMessage() + ": pass --retrained DIR instead of --retrain", e);
    }
  }

  /**
   * The model to compare with; null where none is asked for.
   *
   * @param writtenOrNull where to write one that is retrained
   * @param data the training data
   */
  Reference model(Erasure erasure, OutputFolder writtenOrNull, Path data, Run run) {
    if (retrained != null) {
      return Reference.open(retrained, erasure.model());
    }
    if (!retrain) {
      return null;
    }
    Reference.Retrained made = Reference.retrain(erasure.model(), erasure.split(), run);
    if (writtenOrNull != null) {
      made.writeTo(writtenOrNull.path(), data);
    }
    return made;
  }

  boolean retrain() {
    return retrain;
  }

  /** The folder of a model that is given; null without. */
  Path retrained() {
    return retrained;
  }

  Path keep() {
    return keep;
  }
}
