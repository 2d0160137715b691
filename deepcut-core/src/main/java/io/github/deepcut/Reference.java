package io.github.deepcut;

import io.github.deepcut.FineTuning.Tuned;
import io.github.deepcut.audit.Evaluation;
import io.github.deepcut.data.Dataset;
import io.github.deepcut.data.ForgetSplit;
import io.github.deepcut.model.Classifier;
import io.github.deepcut.model.Predictor;
import io.github.deepcut.run.InputException;
import io.github.deepcut.run.Progress;
import io.github.deepcut.run.Run;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A model that never saw what is to be forgotten, to hold an unlearned one against. It has native
 * memory until it is closed.
 */
public interface Reference extends AutoCloseable {

  /**
   * {@return what the reference says of data, with the classes in the original's order}
   *
   * @param data examples of the original's task
   */
  Evaluation evaluate(Dataset data);

  /** {@return seconds that its training took; empty where that is not known} */
  OptionalDouble seconds();

  @Override
  void close();

  /**
   * Trains one on what is retained, from where and as the original was trained.
   *
   * @param original whose training is repeated without D_f
   * @param split D_f and D_r of its training data
   * @param run for its clock, device and checkpoints; the seed is that of the original's recipe
   * @return the retrained model, to be closed
   * @throws InputException where that is not known: see {@link FineTuning#of}
   */
  static Retrained retrain(FineTunedModel original, ForgetSplit split, Run run) {
    FineTuning tuning = FineTuning.of(original);
    List<String> labels = original.classifier().labels();
    Dataset retained = split.retainSet();
    return new Retrained(original, retained, tuning, tuning.train(retained, labels, run));
  }

  /**
   * Opens one where the original is computed.
   *
   * @param folder of a model that was trained without D_f
   * @param original what it is compared with
   * @return the model, to be closed
   * @throws InputException if it is no trained model, or has another task or other labels than the
   *     original
   */
  static Given open(Path folder, FineTunedModel original) {
    FineTunedModel model = FineTunedModel.open(folder, original.device());
    try {
      original.requireAlike(model);
    } catch (InputException e) {
      model.close();
      throw e;
    }
    return new Given(model, original.classifier().labels(), OptionalDouble.empty());
  }

  /**
   * A reference that was trained just now.
   *
   * @param original encodes for it
   * @param retained what it was trained on
   * @param tuning how it was trained
   * @param tuned what came of it
   */
  record Retrained(FineTunedModel original, Dataset retained, FineTuning tuning, Tuned tuned)
      implements Reference {
    Classifier classifier() {
      return tuned.prepared().classifier();
    }

    @Override
    public Evaluation evaluate(Dataset data) {
      Predictor predictor = new Predictor(4096, Progress.silent());
      return Evaluation.of(classifier(), data, original.encode(data), predictor);
    }

    @Override
    public OptionalDouble seconds() {
      return OptionalDouble.of(tuned.took().toMillis() / 1000.0);
    }

    /**
     * Writes the model folder, with the record of its making.
     *
     * @param folder to write into
     * @param data the file that the retained examples are from
     */
    public void writeTo(Path folder, Path data) {
      tuned.writeTo(folder, tuning.record(retained, data, tuned));
    }

    @Override
    public void close() {
      tuned.weights().close();
    }
  }

  /**
   * A reference that was trained before.
   *
   * @param model opened from its folder
   * @param labels in the original's order
   * @param seconds that its training took; empty where that is not known
   */
  record Given(FineTunedModel model, List<String> labels, OptionalDouble seconds)
      implements Reference {
    /**
     * {@return this reference as one whose training is known to have taken so long}
     *
     * @param trained seconds
     */
    public Given took(double trained) {
      return new Given(model, labels, OptionalDouble.of(trained));
    }

    @Override
    public Evaluation evaluate(Dataset data) {
      return model.evaluate(data, Progress.silent()).under(labels);
    }

    @Override
    public void close() {
      model.close();
    }
  }
}
