package io.github.deepcut;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.deepcut.data.Dataset;
import io.github.deepcut.data.DatasetReader;
import io.github.deepcut.run.InputException;
import io.github.deepcut.run.Progress;
import io.github.deepcut.shadow.Population;
import io.github.deepcut.shadow.ShadowAnswers;
import io.github.deepcut.shadow.ShadowPool;
import io.github.deepcut.shadow.Workers;
import java.nio.file.Path;
import java.util.List;

/**
 * The shadow models of a model: trained where they are missing, by processes of their own, and kept
 * in a cache that serves every request on the same data.
 *
 * <pre>{@code
 * try (Shadows shadows = Shadows.open(job)) {
 *   ShadowAttack attack = shadows.answers(16, 2, progress).lira(split.forget());
 * }
 * }</pre>
 */
public final class Shadows implements AutoCloseable {
  /** Seed of the pool where nothing else is asked for: all requests share it. */
  public static final long SEED = 1;

  private final Job job;
  private final ShadowTraining training;
  private final ShadowPool pool;

  /**
   * What to train and where to keep it.
   *
   * @param model folder of the model as it was before anything was forgotten
   * @param data its training data
   * @param eval data that it never saw
   * @param cache folder of pools
   */
  public record Job(String model, String data, String eval, String cache, long seed) {
    /** The pool that all requests share. */
    public static Job of(Path model, Path data, Path eval, Path cache) {
      return new Job(absolute(model), absolute(data), absolute(eval), absolute(cache), SEED);
    }

    private static String absolute(Path path) {
      return path.toAbsolutePath().normalize().toString();
    }
  }

  private Shadows(Job job, ShadowTraining training, ShadowPool pool) {
    this.job = job;
    this.training = training;
    this.pool = pool;
  }

  /**
   * Opens the pool, which may be empty.
   *
   * @throws InputException if the model does not tell how it was trained, if data cannot be read,
   *     or if the cache cannot be written
   */
  public static Shadows open(Job job) {
    FineTunedModel original = FineTunedModel.open(Path.of(job.model()));
    try {
      FineTuning tuning = ShadowTraining.tuning(original);
      Dataset train = DatasetReader.read(Path.of(job.data()), original.task()).dataset();
      Dataset eval = DatasetReader.read(Path.of(job.eval()), original.task()).dataset();
      Population population =
          Population.of(train, eval, original.classifier().labels(), job.seed());
      ShadowTraining training = new ShadowTraining(tuning, original, population, job.seed());
      var identity = training.identity(Path.of(job.data()), Path.of(job.eval()));
      return new Shadows(job, training, ShadowPool.open(Path.of(job.cache()), identity));
    } catch (RuntimeException e) {
      original.close();
      throw e;
    }
  }

  /** Processes at a time where nothing else is asked for: one a core. */
  public static int defaultJobs() {
    return Runtime.getRuntime().availableProcessors();
  }

  /**
   * What models 0 … n - 1 say; those that are missing are trained first.
   *
   * @param jobs processes at a time
   * @throws InputException if n is not positive
   */
  public ShadowAnswers answers(int n, int jobs, Progress progress) {
    if (n < 1) {
      throw new InputException("--shadows is " + n + ", expected >= 1");
    }
    if (!pool.missing(n).isEmpty()) {
      Workers workers = new Workers(Workers.java(ShadowWorker.class, json()), jobs);
      try (var lock = pool.lock(progress)) {
        train(n, workers, progress);
      }
    }
    return new ShadowAnswers(training.population(), pool.read(n));
  }

  private void train(int n, Workers workers, Progress progress) {
    List<Integer> missing = pool.missing(n);
    progress.say(
        "%d of %d shadow models are in %s; training the others"
            .formatted(n - missing.size(), n, pool.folder()));
    try (var stage = progress.stage("shadow models, in hundredths", 100L * n)) {
      stage.skip(100L * (n - missing.size()));
      workers.train(missing, stage);
    }
  }

  private String json() {
    try {
      return new ObjectMapper().writeValueAsString(job);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  public ShadowPool pool() {
    return pool;
  }

  /** How they are trained. */
  public ShadowTraining training() {
    return training;
  }

  @Override
  public void close() {
    training.original().close();
  }
}
