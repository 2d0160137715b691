package io.github.deepcut;

import io.github.deepcut.audit.Evaluation;
import io.github.deepcut.data.Dataset;
import io.github.deepcut.model.Classifier;
import io.github.deepcut.record.Machine;
import io.github.deepcut.record.ModelRecord;
import io.github.deepcut.record.UnlearningRecord;
import io.github.deepcut.record.UnlearningRecord.Source;
import io.github.deepcut.run.Progress;
import io.github.deepcut.unlearn.UnlearningMethod.Unlearned;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * An unlearned model in memory. Its weights are the caller's to close.
 *
 * @param classifier the model, its weights as they will be written
 * @param how what the method says of its run: passes, steps and why it stopped
 * @param took by the method, its stop rule and all its estimates
 * @param from the original
 * @param record what {@code deepcut.json} will say of it
 */
public record Erased(
    Classifier classifier,
    Unlearned how,
    Duration took,
    FineTunedModel from,
    UnlearningRecord record)
    implements AutoCloseable {

  /** {@return whether no weight is another than the original's} */
  public boolean isOriginal() {
    return classifier.weights().isSame(from.classifier().weights());
  }

  /**
   * {@return what the unlearned model says of a dataset}
   *
   * @param data examples of the original's task
   */
  public Evaluation evaluate(Dataset data) {
    return from.evaluate(classifier, data, Progress.silent());
  }

  /**
   * {@return this model with the settings that were given and the files in its record, as a
   * certificate needs them}
   *
   * @param set as {@link Methods#create} was given them
   * @param training the file of the training data
   * @param heldOut that of D_v, where there is one
   */
  public Erased with(Map<String, String> set, Path training, Optional<Path> heldOut) {
    UnlearningRecord whole =
        record.from(set, Source.of(training), heldOut.map(Source::of).orElse(null));
    return new Erased(classifier, how, took, from, whole);
  }

  /**
   * Writes the original's folder with these weights and this record; nothing else differs. Of an
   * ensemble, whose models lie there already, the record alone.
   *
   * @param target the folder to write into
   */
  public void writeTo(Path target) {
    if (!from.isEnsemble()) {
      from.folder().writeTo(target, classifier.weights().all());
    }
    ModelRecord.Origin origin =
        new ModelRecord.Origin(
            from.folder().path(), from.task(), Machine.environment(from.classifier().weights()));
    ModelRecord.unlearned(from.record(), origin, record).write(target);
  }

  @Override
  public void close() {
    classifier.weights().close();
  }
}
