package io.github.deepcut;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.audit.Evaluated;
import io.github.deepcut.audit.LogOdds;
import io.github.deepcut.data.Dataset;
import io.github.deepcut.model.Classifier;
import io.github.deepcut.model.ModelFolder;
import io.github.deepcut.model.Predictor;
import io.github.deepcut.provenance.Fingerprint;
import io.github.deepcut.provenance.Version;
import io.github.deepcut.run.InputException;
import io.github.deepcut.run.Run;
import io.github.deepcut.shadow.PoolIdentity;
import io.github.deepcut.shadow.Population;
import io.github.deepcut.shadow.Shadow;
import io.github.deepcut.tensor.Weights;
import io.github.deepcut.train.Recipe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How the shadow models of a model are trained: as the model itself was, each on its half of the
 * population.
 *
 * @param tuning the model's own; the seed of its recipe is not used
 * @param original for its labels, and for the way from examples to input
 * @param seed of the pool
 */
public record ShadowTraining(
    FineTuning tuning, FineTunedModel original, Population population, long seed) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Examples that are asked about at a time. */
  private static final int CHUNK = 10_000;

  /**
   * How the model was trained, by its record.
   *
   * @throws InputException if it has none, or the folder that it was trained from is not there
   */
  public static FineTuning tuning(FineTunedModel model) {
    ModelRecord record = model.record();
    Path file = model.folder().path().resolve(ModelRecord.FILE);
    if (record == null) {
      throw new InputException(
          file + ": is missing: shadow models are trained as the model was, and it tells how");
    }
    if (record.base() == null || !Files.isDirectory(Path.of(record.base()))) {
      throw new InputException(
          file + ": base is " + record.base() + ", which is no folder here: put it back");
    }
    return new FineTuning(ModelFolder.read(Path.of(record.base())), record.recipe());
  }

  /** What the answers of the pool depend on. */
  public PoolIdentity identity(Path data, Path eval) {
    return new PoolIdentity(
        Version.CURRENT,
        fingerprint(data),
        fingerprint(eval),
        Fingerprint.ofFolder(tuning.base().path()),
        recipe(null).toString(),
        original.classifier().labels(),
        seed);
  }

  private static String fingerprint(Path data) {
    return Files.isDirectory(data) ? Fingerprint.ofFolder(data) : Fingerprint.of(data);
  }

  /** Trains a model, and asks it about the whole population. */
  public Shadow train(int model, Run run) {
    boolean[] members = population.members(model);
    List<String> labels = original.classifier().labels();
    FineTuning own = new FineTuning(tuning.base(), recipe(Run.of(seed), model));
    FineTuning.Tuned tuned = own.train(population.half(members), labels, null, run);
    try (Weights weights = tuned.weights()) {
      Classifier classifier = tuned.prepared().classifier();
      if (!classifier.labels().equals(labels)) {
        throw new InputException(
            own.base().path() + ": has the labels " + classifier.labels() + ", not " + labels);
      }
      float[][] train = ask(classifier, population.train());
      float[][] all = Arrays.copyOf(train, population.size());
      float[][] eval = ask(classifier, population.eval());
      System.arraycopy(eval, 0, all, train.length, eval.length);
      return new Shadow(model, members, all);
    }
  }

  private float[][] ask(Classifier classifier, Dataset data) {
    float[][] out = new float[data.size()][];
    for (int from = 0; from < out.length; from += CHUNK) {
      int to = Math.min(out.length, from + CHUNK);
      Dataset part = data.select(IntStream.range(from, to).toArray());
      Evaluated answers = Evaluated.of(classifier, part, original.encode(part), new Predictor());
      System.arraycopy(LogOdds.items(answers), 0, out, from, to - from);
    }
    return out;
  }

  /** The recipe with the seed of a shadow model, whatever else it says. */
  private Recipe recipe(Run pool, int model) {
    return read(recipe(pool.random("training " + model).nextLong()), Recipe.class);
  }

  private ObjectNode recipe(Long otherSeed) {
    return JSON.<ObjectNode>valueToTree(tuning.recipe()).put("seed", otherSeed);
  }

  private static <T> T read(ObjectNode json, Class<T> type) {
    try {
      return JSON.treeToValue(json, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
