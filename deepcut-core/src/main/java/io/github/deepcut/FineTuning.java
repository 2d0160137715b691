package io.github.deepcut;

import io.github.deepcut.audit.Evaluation;
import io.github.deepcut.data.Dataset;
import io.github.deepcut.data.Input;
import io.github.deepcut.data.Task;
import io.github.deepcut.model.Classifier;
import io.github.deepcut.model.Predictor;
import io.github.deepcut.model.folder.ImageModels;
import io.github.deepcut.model.folder.ModelFolder;
import io.github.deepcut.model.folder.Prepared;
import io.github.deepcut.model.folder.TextModels;
import io.github.deepcut.model.transformer.TextClassifier;
import io.github.deepcut.model.vision.ImageClassifier;
import io.github.deepcut.provenance.Environment;
import io.github.deepcut.provenance.Fingerprint;
import io.github.deepcut.provenance.Version;
import io.github.deepcut.record.Machine;
import io.github.deepcut.record.ModelRecord;
import io.github.deepcut.run.InputException;
import io.github.deepcut.run.Run;
import io.github.deepcut.tensor.Weights;
import io.github.deepcut.train.Recipe;
import io.github.deepcut.train.Score;
import io.github.deepcut.train.Trainer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Trains the model of a folder on labelled data.
 *
 * @param base what to start from: a bare encoder, a trained model, a configuration (with a
 *     vocabulary, for texts), or the name of an architecture for images
 * @param recipe how
 */
public record FineTuning(ModelFolder base, Recipe recipe) {

  /**
   * A model in memory, after training. Its weights are the caller's to close.
   *
   * @param prepared the classifier and what its folder looks like
   * @param trained what became of the training: epochs, steps, loss and score
   * @param took training with its evaluations, and the reading of the weights
   * @param base what it was trained from
   */
  public record Tuned(Prepared prepared, Trainer.Trained trained, Duration took, ModelFolder base) {
    /**
     * Writes the model folder, with the record of its making.
     *
     * @param target the folder to write into
     * @param record as {@link FineTuning#record(Dataset, Path, Tuned)} gives it
     */
    public void writeTo(Path target, ModelRecord record) {
      prepared.writeTo(target);
      record.write(target);
    }

    /** {@return the weights of the classifier, on the device that it was trained on} */
    public Weights weights() {
      return prepared.classifier().weights();
    }
  }

  /**
   * Trains on {@code data}; the last epoch is kept.
   *
   * @param data labelled examples
   * @param run for its clock, device and checkpoints; the seed is the recipe's
   * @return the trained model
   * @throws InputException if the folder and the data do not fit each other
   */
  public Tuned train(Dataset data, Run run) {
    return train(data, data.labels(), Optional.empty(), run);
  }

  /**
   * Trains on {@code data} for given labels, of which the data may lack some; the last epoch is
   * kept.
   *
   * @param data labelled examples
   * @param labels at least two, in the order of the classes
   * @param run for its clock, device and checkpoints; the seed is the recipe's
   * @return the trained model
   * @throws InputException if the folder and the data do not fit each other
   */
  public Tuned train(Dataset data, List<String> labels, Run run) {
    Tuned tuned = train(data, labels, Optional.empty(), run);
    List<String> its = tuned.prepared().classifier().labels();
    if (!its.equals(labels)) {
      tuned.weights().close();
      throw new InputException("%s: has the labels %s, not %s".formatted(base.path(), its, labels));
    }
    return tuned;
  }

  /**
   * Trains on {@code data}; the epoch that does best on {@code eval} is kept.
   *
   * @param data labelled examples
   * @param eval judged after each epoch
   * @param run for its clock, device and checkpoints; the seed is the recipe's
   * @return the trained model
   * @throws InputException if the folder and the data do not fit each other
   */
  public Tuned train(Dataset data, Dataset eval, Run run) {
    return train(data, data.labels(), Optional.of(eval), run);
  }

  private Tuned train(Dataset data, List<String> labels, Optional<Dataset> eval, Run run) {
    Instant start = run.clock().instant();
    if (labels.size() < 2) {
      throw new InputException(
          data.source() + ": found the labels " + labels + ", expected at least two");
    }
    Run seeded = run.withSeed(recipe.seed());
    Prepared prepared = prepare(data, labels, seeded);
    Classifier model = prepared.classifier();
    try (Inputs inputs = inputs(model)) {
      List<? extends Input> rows = inputs.training(data);
      Score score = eval.map(e -> score(e, inputs.encode(e))).orElse(null);
      Trainer.Trained trained = new Trainer(recipe).train(model, rows, score, seeded);
      Duration took = run.since(start);
      return new Tuned(prepared, trained, took, base);
    }
  }

  private Prepared prepare(Dataset data, List<String> labels, Run run) {
    Prepared prepared =
        data.task() == Task.IMAGE
            ? ImageModels.prepare(base, data, labels, run)
            : TextModels.prepare(base, data.task(), labels, run);
    prepared.classifier().weights().to(run.device());
    return prepared;
  }

  private Inputs inputs(Classifier model) {
    return model instanceof ImageClassifier images
        ? new Inputs.Images(images.config(), images.labels())
        : Inputs.ofTexts(
            base, ((TextClassifier) model).config(), model.labels(), recipe.maxTokens());
  }

  /**
   * {@return how a model was trained, from the folder that it was trained from}
   *
   * @param original one model, no ensemble
   * @throws InputException where that is not known, the folder is gone, or it is an ensemble
   */
  public static FineTuning of(FineTunedModel original) {
    requireOne(original);
    return new FineTuning(start(original), original.record().orElseThrow().recipe());
  }

  /**
   * Refuses an ensemble.
   *
   * @param model to be trained as one model
   * @throws InputException if it is an ensemble
   */
  public static void requireOne(FineTunedModel model) {
    if (model.isEnsemble()) {
      throw new InputException(
          model.folder().path() + " is an ensemble, which is not trained as one model is");
    }
  }

  /**
   * {@return what a model was trained from, by its record}
   *
   * @param original a model that DeepCUT trained
   * @throws InputException where that is not known, or the folder is gone
   */
  public static ModelFolder start(FineTunedModel original) {
    Path folder = original.folder().path();
    String missing = folder + " has no " + ModelRecord.FILE + " that says how it was trained";
    ModelRecord record = original.record().orElseThrow(() -> new InputException(missing));
    boolean named = original.task() == Task.IMAGE && ImageModels.isName(record.base());
    if (!named && (record.base() == null || !Files.isDirectory(Path.of(record.base())))) {
      throw new InputException(
          folder.resolve(ModelRecord.FILE)
              + ": base is "
              + record.base()
              + ", which is no folder here");
    }
    Path base = Path.of(record.base());
    return named ? ImageModels.start(base) : ModelFolder.read(base);
  }

  /**
   * {@return the classifier as it is before training, its weights the caller's to close}
   *
   * @param data what it would be trained on
   * @param labels in the order of the classes
   * @param run for its device; the seed is the recipe's
   */
  public Classifier untrained(Dataset data, List<String> labels, Run run) {
    return prepare(data, labels, run.withSeed(recipe.seed())).classifier();
  }

  /** {@return SHA-256 of the folder that training starts from, or an architecture's name} */
  public String baseFingerprint() {
    return Files.isDirectory(base.path()) ? Fingerprint.ofFolder(base.path()) : base.origin();
  }

  /** Accuracy or entity F1 on {@code eval}, in percent. */
  private static Score score(Dataset eval, List<? extends Input> rows) {
    return model -> 100 * Evaluation.of(model, eval, rows, new Predictor()).score();
  }

  /**
   * {@return what to remember of a training}
   *
   * @param data what it was trained on
   * @param dataFile the file that these are from
   * @param tuned what came of it
   */
  public ModelRecord record(Dataset data, Path dataFile, Tuned tuned) {
    return record(data, dataFile, tuned.took(), Machine.environment(tuned.weights()));
  }

  /**
   * {@return what to remember of a training of which no model is at hand}
   *
   * @param data what it was trained on
   * @param dataFile the file that these are from
   * @param took how long it took
   * @param environment the machine that it ran on
   */
  public ModelRecord record(Dataset data, Path dataFile, Duration took, Environment environment) {
    return new ModelRecord(
        Version.CURRENT,
        data.task().key(),
        recipe,
        base.origin(),
        dataFile.toAbsolutePath().normalize().toString(),
        Fingerprint.of(dataFile),
        data.size(),
        took.toMillis() / 1000.0,
        environment,
        Files.isDirectory(base.path())
            ? List.of(ModelRecord.parent("fine-tuned", base.path()))
            : List.of(), // an architecture's name
        null);
  }
}
