package io.github.deepcut.app.command;

import io.github.deepcut.FineTunedModel;
import io.github.deepcut.FineTuning;
import io.github.deepcut.FineTuning.Tuned;
import io.github.deepcut.audit.Evaluation;
import io.github.deepcut.data.Dataset;
import io.github.deepcut.data.ForgetSplit;
import io.github.deepcut.model.Classifier;
import io.github.deepcut.model.Predictor;
import io.github.deepcut.record.ModelRecord;
import io.github.deepcut.run.InputException;
import io.github.deepcut.run.OutputFolder;
import io.github.deepcut.run.Progress;
import io.github.deepcut.run.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.function.Function;

/**
 * A model that never saw what is to be forgotten.
 *
 * @param ask what it says of data, with the classes in the original's order
 * @param seconds that its training took; null where it was given
 * @param closed what to do with its memory
 */
record Reference(Function<Dataset, Evaluation> ask, Double seconds, Runnable closed)
    implements AutoCloseable {

  /** No such model. */
  static Reference none() {
    return new Reference(null, null, () -> {});
  }

  /** How the original was trained; complains where it is not known. */
  static FineTuning tuning(FineTunedModel original) {
    try {
      return FineTuning.of(original);
    } catch (InputException e) {
      throw new InputException(e.getMessage() + ": pass --retrained DIR instead of --retrain", e);
    }
  }

  /** Trains one, as the original was trained, on what is retained. */
  static Reference retrain(FineTunedModel original, ForgetSplit split, Run run, Kept kept) {
    FineTuning tuning = tuning(original);
    List<String> labels = original.classifier().labels();
    Tuned tuned = tuning.train(split.retainSet(), labels, null, run);
    Classifier classifier = tuned.prepared().classifier();
    if (!classifier.labels().equals(labels)) {
      throw new InputException(
          tuning.base().path() + ": has the labels " + classifier.labels() + ", not " + labels);
    }
    kept.write(tuning, tuned);
    return new Reference(
        data ->
            Evaluation.of(
                classifier, data, original.encode(data), new Predictor(4096, Progress.silent())),
        tuned.took().toMillis() / 1000.0,
        tuned.weights()::close);
  }

  /** The one in {@code folder}; it is trained first, under {@code seed}, if it is not there. */
  static Reference kept(Path folder, long seed, FineTunedModel original, Without without, Run run) {
    if (!Files.exists(folder)) {
      FineTuning same = FineTuning.of(original);
      FineTuning tuning = new FineTuning(same.base(), same.recipe().withSeed(seed));
      Dataset retained = without.split().retainSet();
      try (OutputFolder out = OutputFolder.create(folder, false)) {
        Tuned tuned = tuning.train(retained, original.classifier().labels(), null, run);
        tuned.writeTo(out.path(), tuning.record(retained, without.data(), tuned));
        tuned.weights().close();
        out.commit();
      }
    }
    Reference opened = open(folder, original);
    return new Reference(opened.ask(), ModelRecord.read(folder).seconds(), opened.closed());
  }

  /** What is retained, and the file that it is from. */
  record Without(ForgetSplit split, Path data) {}

  /** What to do with a retrained model besides asking it. */
  @FunctionalInterface
  interface Kept {
    void write(FineTuning tuning, Tuned tuned);
  }

  /** Opens one. */
  static Reference open(Path folder, FineTunedModel original) {
    FineTunedModel model = FineTunedModel.open(folder, original.device());
    List<String> mine = original.classifier().labels();
    List<String> its = model.classifier().labels();
    if (model.task() != original.task() || !new HashSet<>(mine).equals(new HashSet<>(its))) {
      model.close();
      throw new InputException(
          "--retrained %s does %s with the labels %s, but the model does %s with %s"
              .formatted(folder, model.task().key(), its, original.task().key(), mine));
    }
    return new Reference(
        data -> model.evaluate(data, Progress.silent()).under(mine), null, model::close);
  }

  @Override
  public void close() {
    closed.run();
  }
}
