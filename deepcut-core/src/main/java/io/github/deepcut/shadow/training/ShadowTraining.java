package io.github.deepcut.shadow.training;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.FineTunedModel;
import io.github.deepcut.FineTuning;
import io.github.deepcut.model.Classifier;
import io.github.deepcut.model.folder.ModelFolder;
import io.github.deepcut.pool.PooledModel;
import io.github.deepcut.provenance.Fingerprint;
import io.github.deepcut.provenance.Version;
import io.github.deepcut.record.ModelRecord;
import io.github.deepcut.run.InputException;
import io.github.deepcut.run.OutputFolder;
import io.github.deepcut.run.Run;
import io.github.deepcut.shadow.Population;
import io.github.deepcut.shadow.ShadowIdentity;
import io.github.deepcut.tensor.TensorEntry;
import io.github.deepcut.tensor.Weights;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * How the shadow models of a model are trained: as the model itself was, each on its half of the
 * population.
 *
 * @param tuning the model's own; the seed of its recipe is not used
 * @param original for its labels, and for the way from examples to input
 * @param job names the files
 * @param models folder of the models that are kept
 */
public record ShadowTraining(
    FineTuning tuning,
    FineTunedModel original,
    Population population,
    Shadows.Job job,
    Path models) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Largest weights, in bytes, that are kept: U-LiRA needs the models themselves. */
  private static final long KEPT = 64 << 20;

  /** What the answers of the pool depend on. */
  public static ShadowIdentity identity(FineTuning tuning, List<String> labels, Shadows.Job job) {
    return new ShadowIdentity(
        Version.CURRENT,
        Fingerprint.of(Path.of(job.data())),
        Fingerprint.of(Path.of(job.eval())),
        tuning.baseFingerprint(),
        recipe(tuning).toString(),
        labels,
        job.seed());
  }

  /**
   * How the model was trained, by its record.
   *
   * @throws InputException if it has none, if it is an ensemble, or the folder that it was trained
   *     from is not there
   */
  public static FineTuning tuning(FineTunedModel model) {
    FineTuning.requireOne(model);
    Path file = model.folder().path().resolve(ModelRecord.FILE);
    String missing = ": is missing: shadow models are trained as the model was, and it tells how";
    ModelRecord record = model.record().orElseThrow(() -> new InputException(file + missing));
    if (record.base() == null || !Files.isDirectory(Path.of(record.base()))) {
      throw new InputException(
          file + ": base is " + record.base() + ", which is no folder here: put it back");
    }
    return new FineTuning(ModelFolder.read(Path.of(record.base())), record.recipe());
  }

  /** Trains a model, and asks it about the whole population. It is kept if it is small. */
  public PooledModel train(int model, Run run) {
    boolean[] members = population.members(model);
    FineTuning.Tuned tuned = tune(model, members, run);
    try (Weights weights = tuned.weights()) {
      if (size() <= KEPT) {
        keep(model, tuned);
      }
      Classifier classifier = tuned.prepared().classifier();
      float[][] train = original.logOdds(classifier, population.train());
      float[][] all = Arrays.copyOf(train, population.size());
      float[][] eval = original.logOdds(classifier, population.eval());
      System.arraycopy(eval, 0, all, train.length, eval.length);
      return new PooledModel(model, members, all);
    }
  }

  /** The folder of a model, which is trained again if it was not kept. */
  Path kept(int model, Run run) {
    Path folder = folder(model);
    if (!Files.exists(folder)) {
      FineTuning.Tuned tuned = tune(model, population.members(model), run);
      try (Weights weights = tuned.weights()) {
        keep(model, tuned);
      }
    }
    return folder;
  }

  private FineTuning.Tuned tune(int model, boolean[] members, Run run) {
    return tuning(model).train(population.half(members), original.classifier().labels(), run);
  }

  private FineTuning tuning(int model) {
    long own = Run.of(job.seed()).random("training " + model).nextLong();
    return new FineTuning(tuning.base(), tuning.recipe().withSeed(own));
  }

  private void keep(int model, FineTuning.Tuned tuned) {
    try (OutputFolder out = OutputFolder.create(folder(model), true)) {
      Path data = Path.of(job.data());
      tuned.writeTo(out.path(), tuning(model).record(population.train(), data, tuned));
      out.commit();
    }
  }

  private Path folder(int model) {
    return models.resolve("%04d".formatted(model));
  }

  private long size() {
    return original.folder().tensors().values().stream().mapToLong(TensorEntry::byteSize).sum();
  }

  /** The recipe without its seed. */
  private static ObjectNode recipe(FineTuning tuning) {
    return JSON.<ObjectNode>valueToTree(tuning.recipe()).putNull("seed");
  }
}
