package io.github.deepcut;

import io.github.deepcut.audit.Evaluation;
import io.github.deepcut.audit.LogOdds;
import io.github.deepcut.data.Dataset;
import io.github.deepcut.data.Input;
import io.github.deepcut.data.Table;
import io.github.deepcut.data.Task;
import io.github.deepcut.data.read.DatasetReader;
import io.github.deepcut.examination.Examinee;
import io.github.deepcut.model.Classifier;
import io.github.deepcut.model.Ensemble;
import io.github.deepcut.model.Predictor;
import io.github.deepcut.model.folder.ImageModels;
import io.github.deepcut.model.folder.LabelMap;
import io.github.deepcut.model.folder.ModelFolder;
import io.github.deepcut.model.folder.TextModels;
import io.github.deepcut.model.transformer.TextClassifier;
import io.github.deepcut.model.vision.ImageClassifier;
import io.github.deepcut.record.ModelRecord;
import io.github.deepcut.record.ShardPlan;
import io.github.deepcut.run.Device;
import io.github.deepcut.run.InputException;
import io.github.deepcut.run.Progress;
import io.github.deepcut.train.Recipe;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * A trained model folder, opened: classifier and the way from examples to input. It holds native
 * memory until it is closed.
 */
public final class FineTunedModel implements Examinee, AutoCloseable {
  /** Examples that are asked about at a time. */
  private static final int CHUNK = 10_000;

  private final ModelFolder folder;
  private final Classifier classifier;
  private final Inputs inputs;
  private final Optional<ModelRecord> record;

  private FineTunedModel(
      ModelFolder folder, Classifier classifier, Inputs inputs, Optional<ModelRecord> record) {
    this.folder = folder;
    this.classifier = classifier;
    this.inputs = inputs;
    this.record = record;
  }

  /**
   * Opens the folder for use on the processor.
   *
   * @param path a folder of a model or of an ensemble
   * @return the model, to be closed
   * @throws InputException if it is no trained model, or its parts do not fit together
   */
  public static FineTunedModel open(Path path) {
    return open(path, Device.CPU);
  }

  /**
   * Opens the folder for use: that of a model, or that of an ensemble, which answers as one.
   *
   * @param path a folder of a model or of an ensemble
   * @param device where it is computed
   * @return the model, to be closed
   * @throws InputException if it is no trained model, or its parts do not fit together
   */
  public static FineTunedModel open(Path path, Device device) {
    return ShardPlan.isAt(path) ? ensemble(path, device) : model(path, device);
  }

  private static FineTunedModel model(Path path, Device device) {
    ModelFolder folder = ModelFolder.read(path);
    Optional<ModelRecord> record = ModelRecord.read(path).filter(r -> r.recipe() != null);
    if (LabelMap.task(folder.config()).filter(Task.IMAGE::equals).isPresent()) {
      ImageClassifier images = ImageModels.load(folder);
      images.weights().to(device);
      Inputs inputs = new Inputs.Images(images.config(), images.labels());
      return new FineTunedModel(folder, images, inputs, record);
    }
    TextClassifier texts = TextModels.load(folder);
    texts.weights().to(device);
    int wanted = record.map(r -> r.recipe().maxTokens()).orElse(Integer.MAX_VALUE);
    Inputs inputs = Inputs.ofTexts(folder, texts.config(), texts.labels(), wanted);
    return new FineTunedModel(folder, texts, inputs, record);
  }

  private static FineTunedModel ensemble(Path path, Device device) {
    ShardPlan plan = ShardPlan.read(path);
    Optional<ModelRecord> record = ModelRecord.read(path);
    List<FineTunedModel> members = new ArrayList<>();
    try {
      for (int shard = 1; shard <= plan.shards().size(); shard++) {
        members.add(model(ShardPlan.folder(path, shard, plan.slices()), device));
      }
      Ensemble all = Ensemble.of(members.stream().map(FineTunedModel::classifier).toList());
      members.stream().skip(1).forEach(m -> m.inputs.close());
      FineTunedModel first = members.get(0);
      return new FineTunedModel(first.folder.around(path), all, first.inputs, record);
    } catch (RuntimeException e) {
      members.forEach(FineTunedModel::close);
      throw e;
    }
  }

  /** {@return whether it is several models that answer together} */
  public boolean isEnsemble() {
    return classifier instanceof Ensemble;
  }

  /**
   * {@return the classifier alone, its caller's to close; texts are encoded elsewhere}
   *
   * @param path a folder of a model or of an ensemble
   * @throws InputException if it is no trained model, or its parts do not fit together
   */
  public static Classifier classifier(Path path) {
    FineTunedModel opened = open(path);
    opened.inputs.close();
    return opened.classifier;
  }

  /** {@return the folder that it was opened from} */
  public ModelFolder folder() {
    return folder;
  }

  @Override
  public Classifier classifier() {
    return classifier;
  }

  /** Refuses a model that does something else, or does it with other labels. */
  void requireAlike(FineTunedModel other) {
    List<String> mine = classifier.labels();
    List<String> its = other.classifier.labels();
    if (other.task() != task() || !new HashSet<>(mine).equals(new HashSet<>(its))) {
      throw new InputException(
          "%s does %s with the labels %s, but %s does %s with %s"
              .formatted(
                  other.folder.path(), other.task().key(), its, folder.path(), task().key(), mine));
    }
  }

  /** {@return where it is computed} */
  public Device device() {
    return classifier.weights().device();
  }

  /** {@return what it does: classify texts or images, or tag words} */
  public Task task() {
    return classifier.task();
  }

  /**
   * {@return what {@code deepcut.json} tells of how the model was trained; empty where it does not}
   */
  public Optional<ModelRecord> record() {
    return record;
  }

  /**
   * Reads data for the model; images are resized as those were that it was trained on.
   *
   * @param file of any form that is read for its task
   * @return the examples, with their columns
   * @throws InputException if it cannot be read as data of the model's task
   */
  public Table read(Path file) {
    return DatasetReader.read(file, task(), resizing());
  }

  /** {@return to how many pixels a side {@link #read} resizes images; empty where it does not} */
  public OptionalInt resizing() {
    return record.map(r -> r.recipe().resizing()).orElse(OptionalInt.empty());
  }

  @Override
  public double adaptiveRate() {
    return record.map(r -> r.recipe().adaptiveRate()).orElse(Recipe.USUAL_RATE);
  }

  @Override
  public List<? extends Input> encode(Dataset data) {
    return inputs.encode(data);
  }

  /**
   * {@return the examples as the model's input, each made when it is asked for, before {@link
   * #close}}
   *
   * @param data examples of the model's task
   */
  public List<? extends Input> encodeLazily(Dataset data) {
    return inputs.encodeLazily(data);
  }

  /**
   * {@return what the model says of the examples}
   *
   * @param data examples of the model's task
   * @param progress where to say how far it is
   */
  public Evaluation evaluate(Dataset data, Progress progress) {
    return evaluate(classifier, data, progress);
  }

  @Override
  public Evaluation evaluate(Classifier weights, Dataset data, Progress progress) {
    return Evaluation.of(weights, data, encode(data), new Predictor(4096, progress));
  }

  /**
   * {@return the log odds of the true class of each item of each example, in their order}
   *
   * @param weights another model's, of the same labels, who is asked
   * @param data examples whose labels are known; they are asked about in parts
   */
  public float[][] logOdds(Classifier weights, Dataset data) {
    float[][] out = new float[data.size()][];
    for (int from = 0; from < out.length; from += CHUNK) {
      int to = Math.min(out.length, from + CHUNK);
      Dataset part = data.select(IntStream.range(from, to).toArray());
      Evaluation answers = evaluate(weights, part, Progress.silent());
      System.arraycopy(LogOdds.items(answers), 0, out, from, to - from);
    }
    return out;
  }

  @Override
  public void close() {
    classifier.weights().close();
    inputs.close();
  }
}
