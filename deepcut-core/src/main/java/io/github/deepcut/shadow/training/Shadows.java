package io.github.deepcut.shadow.training;

import io.github.deepcut.Erasure;
import io.github.deepcut.FineTunedModel;
import io.github.deepcut.FineTuning;
import io.github.deepcut.Methods;
import io.github.deepcut.data.Dataset;
import io.github.deepcut.data.ForgetSplit;
import io.github.deepcut.data.Unseen;
import io.github.deepcut.pool.Pool;
import io.github.deepcut.pool.Workers;
import io.github.deepcut.provenance.Fingerprint;
import io.github.deepcut.run.InputException;
import io.github.deepcut.run.Progress;
import io.github.deepcut.run.Unchanged;
import io.github.deepcut.shadow.Population;
import io.github.deepcut.shadow.ShadowAnswers;
import io.github.deepcut.shadow.ShadowIdentity;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The shadow models of a model: trained where they are missing, by processes of their own, and kept
 * in a cache that serves every request on the same data.
 *
 * <pre>{@code
 * try (Shadows shadows = Shadows.open(job)) {
 *   ShadowAttack lira = shadows.answers(16, 2, progress).lira(split.forget());
 * }
 * }</pre>
 */
public final class Shadows implements AutoCloseable {
  /** Seed of the pool where nothing else is asked for: all requests share it. */
  public static final long SEED = 1;

  private final Job job;
  private final Unchanged read;
  private final ShadowTraining training;
  private final ShadowIdentity identity;
  private final Pool pool;

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

  /**
   * How the audited model was made to unlearn, so that shadow models can do likewise.
   *
   * @param method its name
   * @param settings of it that are not the defaults
   * @param holdout file that the method calibrates on, or null
   * @param forget positions in the training data
   */
  public record Unlearning(
      String method, Map<String, String> settings, String holdout, int[] forget) {
    public Unlearning {
      settings = new TreeMap<>(settings);
    }
  }

  private Shadows(Job job, Unchanged read, ShadowTraining training, ShadowIdentity identity) {
    this.job = job;
    this.read = read;
    this.training = training;
    this.identity = identity;
    this.pool = pool(job, identity);
  }

  private static Pool pool(Job job, ShadowIdentity identity) {
    return Pool.open(Path.of(job.cache()), identity.pool());
  }

  /**
   * Opens the pool, which may be empty.
   *
   * @throws InputException if the model does not tell how it was trained, if data cannot be read,
   *     or if the cache cannot be written
   */
  public static Shadows open(Job job) {
    Unchanged read =
        Unchanged.of(List.of(Path.of(job.model()), Path.of(job.data()), Path.of(job.eval())));
    FineTunedModel original = FineTunedModel.open(Path.of(job.model()));
    try {
      List<String> labels = original.classifier().labels();
      FineTuning tuning = ShadowTraining.tuning(original);
      Dataset train = original.read(Path.of(job.data())).dataset();
      Dataset eval = original.read(Path.of(job.eval())).dataset();
      Population population = Population.of(train, eval, labels, job.seed());
      ShadowIdentity identity = ShadowTraining.identity(tuning, labels, job);
      Path models = pool(job, identity).folder().resolve(Pool.MODELS);
      var training = new ShadowTraining(tuning, original, population, job, models);
      return new Shadows(job, read, training, identity);
    } catch (RuntimeException e) {
      original.close();
      throw e;
    }
  }

  /**
   * What models 0 … n - 1 say; those that are missing are trained first.
   *
   * @param jobs processes at a time
   * @throws InputException if n is not positive
   */
  public ShadowAnswers answers(int n, int jobs, Progress progress) {
    fill(pool, n, new ShadowWorker.Job(job, null), new Filling("shadow models", jobs, progress));
    return new ShadowAnswers(training.population(), pool.read(n));
  }

  /** What the same models say of the targets of U-LiRA once they have unlearned theirs. */
  public ShadowAnswers unlearned(Unlearning how, int n, int jobs, Progress progress) {
    Pool unlearned = pool(how);
    Filling filling = new Filling("unlearned shadow models", jobs, progress);
    fill(unlearned, n, new ShadowWorker.Job(job, how), filling);
    return new ShadowAnswers(unlearning(how).targets(), unlearned.read(n));
  }

  private record Filling(String what, int jobs, Progress progress) {}

  private void fill(Pool pool, int n, ShadowWorker.Job job, Filling filling) {
    if (n < 1) {
      throw new InputException("--shadows is " + n + ", expected >= 1");
    }
    Workers workers = new Workers(Workers.java(ShadowWorker.class), job.line(), filling.jobs());
    pool.fill(n, this.pool, filling.what(), workers, filling.progress());
  }

  /**
   * Complains if the model or the data have changed, which the pool's name tells.
   *
   * @throws InputException then
   */
  void requireUnchanged() {
    read.require();
  }

  public Pool pool() {
    return pool;
  }

  /** The pool of models that have unlearned, within that of the trained ones. */
  Pool pool(Unlearning how) {
    String holdout = how.holdout() == null ? "none" : Fingerprint.of(Path.of(how.holdout()));
    String what = "forget " + Arrays.toString(how.forget());
    String recipe = choice(how).toString();
    return Pool.open(
        pool.folder().resolve("unlearned"),
        new ShadowIdentity(
                identity.version(),
                pool.identity().key(),
                holdout,
                what,
                recipe,
                identity.labels(),
                identity.seed())
            .pool());
  }

  /** How they are trained. */
  public ShadowTraining training() {
    return training;
  }

  /** How they unlearn: by the method as the audited model did. */
  ShadowUnlearning unlearning(Unlearning how) {
    Methods.Choice choice = choice(how);
    Optional<Dataset> heldOut =
        Optional.ofNullable(how.holdout())
            .map(file -> training.original().read(Path.of(file)).dataset());
    return new ShadowUnlearning(
        training,
        how.forget(),
        (model, split, targets, run) -> {
          Unseen unseen = Unseen.of(split, heldOut, Optional.empty());
          Erasure erasure = new Erasure(model, split, unseen);
          try (var erased = erasure.unlearn(choice.method(), choice.stop(), run)) {
            return erased.evaluate(targets);
          }
        });
  }

  private Methods.Choice choice(Unlearning how) {
    Dataset train = training.population().train();
    Set<Integer> gone = Arrays.stream(how.forget()).boxed().collect(Collectors.toSet());
    int[] rest = IntStream.range(0, train.size()).filter(i -> !gone.contains(i)).toArray();
    var split = new ForgetSplit(train, how.forget(), rest, "what the audited model forgot");
    Unseen none = Unseen.of(split, Optional.empty(), Optional.empty());
    return new Erasure(training.original(), split, none).method(how.method(), how.settings());
  }

  @Override
  public void close() {
    training.original().close();
  }
}
