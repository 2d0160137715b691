package io.github.deepcut.sibling;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.FineTunedModel;
import io.github.deepcut.FineTuning;
import io.github.deepcut.data.Dataset;
import io.github.deepcut.data.Table;
import io.github.deepcut.model.Classifier;
import io.github.deepcut.model.folder.ModelFolder;
import io.github.deepcut.pool.Pool;
import io.github.deepcut.pool.PoolFile;
import io.github.deepcut.pool.PooledModel;
import io.github.deepcut.pool.Workers;
import io.github.deepcut.provenance.Fingerprint;
import io.github.deepcut.provenance.Version;
import io.github.deepcut.run.FileErrors;
import io.github.deepcut.run.InputException;
import io.github.deepcut.run.Run;
import io.github.deepcut.run.Unchanged;
import io.github.deepcut.tensor.Weights;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The siblings of a model: trained from where and as it was, each without a fold of its training
 * data, and asked about all of them. What they say is kept in a cache and serves every request;
 * their weights, which know the data, are not.
 */
public final class Siblings implements AutoCloseable {
  private static final String SECONDS = "seconds";

  private final Job job;
  private final Unchanged read;
  private final FineTunedModel model;
  private final FineTuning tuning;
  private final Dataset train;
  private final List<Dataset> asked;
  private final List<BitSet> without;
  private final Pool pool;

  /**
   * What to train, and where to keep what they say.
   *
   * @param model folder of the model
   * @param data its training data
   * @param holdout data that it never saw, by which targets are calibrated; empty for none
   * @param cache folder of pools
   * @param unit of the rows that are left out: see {@link Units}
   * @param folds how many
   */
  public record Job(
      String model, String data, String holdout, String cache, String unit, Folds folds) {
    /**
     * {@return a job by its files}
     *
     * @param model folder of the model
     * @param data its training data
     * @param holdoutOrNull data that it never saw; null for none
     * @param cache folder of pools
     * @param unit of the rows that are left out
     * @param folds how many
     */
    public static Job of(
        Path model, Path data, Path holdoutOrNull, Path cache, String unit, Folds folds) {
      String holdout = holdoutOrNull == null ? "" : absolute(holdoutOrNull);
      return new Job(absolute(model), absolute(data), holdout, absolute(cache), unit, folds);
    }

    private static String absolute(Path path) {
      return path.toAbsolutePath().normalize().toString();
    }
  }

  private Siblings(Job job, FineTunedModel model) {
    this.job = job;
    this.model = model;
    this.read =
        Unchanged.of(
            Stream.of(job.model(), job.data(), job.holdout())
                .filter(f -> !f.isEmpty())
                .map(Path::of)
                .toList());
    this.tuning = FineTuning.of(model);
    Table table = model.read(Path.of(job.data()));
    this.train = table.dataset();
    this.asked = new ArrayList<>(List.of(train));
    if (!job.holdout().isEmpty()) {
      asked.add(model.read(Path.of(job.holdout())).dataset());
    }
    this.without = job.folds().without(Units.of(job.unit(), table, job.folds().seed()));
    this.pool = Pool.open(Path.of(job.cache()), identity().pool());
  }

  /**
   * Opens the pool, which may be empty.
   *
   * @param job what to train
   * @return the siblings, to be closed
   * @throws InputException if the model does not tell how it was trained, if data cannot be read or
   *     have no such unit, or if the cache cannot be written
   */
  public static Siblings open(Job job) {
    FineTunedModel model = FineTunedModel.open(Path.of(job.model()));
    try {
      return new Siblings(job, model);
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
  }

  private SiblingIdentity identity() {
    return new SiblingIdentity(
        made(tuning, model.classifier().labels()),
        Fingerprint.of(Path.of(job.data())),
        train.size(),
        job.holdout().isEmpty() ? "" : Fingerprint.of(Path.of(job.holdout())),
        job.unit(),
        job.folds());
  }

  /**
   * {@return how a model was trained, but for the data}
   *
   * @param tuning its base and its recipe
   * @param labels in the order of the classes
   */
  static SiblingIdentity.Made made(FineTuning tuning, List<String> labels) {
    ModelFolder base = tuning.base();
    ObjectNode recipe = new ObjectMapper().valueToTree(tuning.recipe());
    return new SiblingIdentity.Made(
        Version.CURRENT,
        Files.isDirectory(base.path()) ? Fingerprint.ofFolder(base.path()) : base.origin(),
        recipe.toString(),
        labels);
  }

  /**
   * Trains the siblings that are missing, by processes of their own.
   *
   * @param jobs processes at a time, 1 or more
   * @param run for its clock, and where to say how far they are
   */
  public void fill(int jobs, Run run) {
    Instant start = run.clock().instant();
    if (!Files.exists(pool.folder().resolve(RowKeys.FILE))) {
      RowKeys.of(asked).write(pool.folder());
    }
    Workers workers = new Workers(Workers.java(SiblingWorker.class), SiblingWorker.line(job), jobs);
    boolean open = !pool.missing(job.folds().siblings()).isEmpty();
    pool.fill(job.folds().siblings(), pool, "siblings", workers, run.progress());
    if (open) {
      double took = run.since(start).toMillis() / 1000.0 + seconds(pool.folder());
      byte[] text = Double.toString(took).getBytes(StandardCharsets.UTF_8);
      PoolFile.replace(pool.folder().resolve(SECONDS), ByteBuffer.wrap(text));
    }
  }

  /**
   * {@return how long the siblings of a pool took to train, in seconds; of a run that was broken
   * off, what came after}
   */
  static double seconds(Path folder) {
    Path file = folder.resolve(SECONDS);
    try {
      return Files.exists(file) ? Double.parseDouble(Files.readString(file)) : 0;
    } catch (IOException e) {
      throw FileErrors.unreadable(file, e);
    } catch (NumberFormatException e) {
      throw new InputException(file + ": is damaged: delete the folder", e);
    }
  }

  /** {@return how long they took to train, in seconds} */
  public double seconds() {
    return seconds(pool.folder());
  }

  /** {@return where what they say is kept} */
  public Path folder() {
    return pool.folder();
  }

  /** All that the siblings are asked about: the training data, and those that none saw. */
  List<Dataset> asked() {
    return asked;
  }

  /** What the siblings say, which are all there. */
  List<PooledModel> said() {
    return pool.read(job.folds().siblings());
  }

  /** {@return how many of the rows the largest fold has} */
  public int largestFold() {
    return without.stream().mapToInt(BitSet::cardinality).max().orElse(0);
  }

  /** Trains a sibling, asks it, and keeps what it says. */
  void make(int number, Run run) {
    BitSet out = without.get(number);
    int[] in = IntStream.range(0, train.size()).filter(i -> !out.get(i)).toArray();
    FineTuning.Tuned tuned = tuning.train(train.select(in), model.classifier().labels(), run);
    try (Weights weights = tuned.weights()) {
      Classifier sibling = tuned.prepared().classifier();
      List<float[]> said = new ArrayList<>();
      for (Dataset part : asked) {
        said.addAll(Arrays.asList(model.logOdds(sibling, part)));
      }
      boolean[] members = new boolean[said.size()];
      for (int i : in) {
        members[i] = true;
      }
      read.require();
      pool.write(
          SiblingCache.without(
              RowKeys.read(pool.folder()).gone(),
              new PooledModel(number, members, said.toArray(float[][]::new))));
    }
  }

  @Override
  public void close() {
    model.close();
  }
}
