package io.github.deepcut.pool;

import io.github.deepcut.run.FileErrors;
import io.github.deepcut.run.InputException;
import io.github.deepcut.run.OutputFolder;
import io.github.deepcut.run.ProcessLock;
import io.github.deepcut.run.Progress;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The models of one identity, in a folder of a cache that bears its hash: {@code pool.json} tells
 * the identity, {@code NNNN.shadow} (or {@code .sibling}) holds what model NNNN says. What is there
 * is never made again.
 *
 * @param folder of the pool
 */
public record Pool(Path folder, PoolIdentity identity) {

  /** The file that tells a pool's identity. */
  public static final String FILE = "pool.json";

  /** The folder of the models that are kept, in that of the pool. */
  public static final String MODELS = "models";

  private static final Duration WAIT = Duration.ofMillis(200);

  /**
   * {@return the cache of this user, such as {@code ~/.cache/deepcut/shadows}}
   *
   * @param kind of models
   */
  public static Path defaultCache(PoolIdentity.Kind kind) {
    String xdg = System.getenv("XDG_CACHE_HOME");
    Path caches =
        xdg == null || xdg.isBlank()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(xdg);
    return caches.resolve("deepcut").resolve(kind.folder());
  }

  /**
   * Opens the pool, or begins it.
   *
   * @throws InputException if the cache cannot be written, or the folder tells of another identity
   */
  public static Pool open(Path cache, PoolIdentity identity) {
    Path folder = cache.resolve(identity.key());
    Path file = folder.resolve(FILE);
    try {
      Files.createDirectories(folder);
      if (!Files.exists(file)) {
        PoolFile.replace(file, ByteBuffer.wrap(identity.json().getBytes(StandardCharsets.UTF_8)));
      } else if (!Files.readString(file).equals(identity.json())) {
        throw new InputException(file + ": tells of another pool: delete the folder");
      }
    } catch (IOException e) {
      throw FileErrors.unwritable(folder, e);
    }
    return new Pool(folder, identity);
  }

  /** Those of models 0 … n - 1 that are not there yet. */
  public List<Integer> missing(int n) {
    return IntStream.range(0, n).filter(k -> !Files.exists(file(k))).boxed().toList();
  }

  /** Models 0 … n - 1, which are there. */
  public List<PooledModel> read(int n) {
    return IntStream.range(0, n).mapToObj(this::one).toList();
  }

  /** {@return what a model says, which is there} */
  public PooledModel one(int model) {
    return PoolFile.read(file(model), identity.digest());
  }

  /** Keeps a model's answers. */
  public void write(PooledModel said) {
    PoolFile.write(file(said.model()), identity.digest(), said);
  }

  /**
   * Trains what is missing of models 0 … n - 1. Meanwhile no other process does so; all of a pool
   * whose models this one is made from is locked likewise, by {@code of}.
   *
   * @param n how many models there are to be, 1 or more
   * @param of this pool, or the one that its models come from
   * @param what the models are, in words
   * @param workers that train them
   * @param progress where to say how far they are
   */
  public void fill(int n, Pool of, String what, Workers workers, Progress progress) {
    if (missing(n).isEmpty()) {
      of.tidy();
      return;
    }
    try (var lock = of.lock(progress)) {
      List<Integer> missing = missing(n);
      int there = n - missing.size();
      progress.say("%d of %d %s are in %s; making the others".formatted(there, n, what, folder));
      try (var stage = progress.stage(what + ", in hundredths", 100L * n)) {
        stage.skip(100L * there);
        workers.train(missing, stage);
      }
    }
  }

  private Path file(int model) {
    return folder.resolve("%04d".formatted(model) + identity.kind().extension());
  }

  /**
   * Waits until no other process trains into this pool, and clears away what those left that were
   * killed.
   */
  public ProcessLock lock(Progress progress) {
    ProcessLock lock = locked(progress);
    try {
      sweep();
      return lock;
    } catch (IOException e) {
      lock.close();
      throw FileErrors.unwritable(folder, e);
    }
  }

  /** Clears away what killed processes left, unless one trains into the pool just now. */
  public void tidy() {
    try (ProcessLock lock = ProcessLock.attempt(folder).lockOrNull()) {
      if (lock != null) {
        sweep();
      }
    } catch (IOException e) {
      return; // a cache that may only be read
    }
  }

  private ProcessLock locked(Progress progress) {
    try {
      ProcessLock.Attempt attempt = ProcessLock.attempt(folder);
      if (attempt.lockOrNull() == null) {
        progress.say(
            "%s trains %s into %s: waiting for it"
                .formatted(attempt.owner(), identity.kind().words(), folder));
      }
      while (attempt.lockOrNull() == null) {
        Thread.sleep(WAIT.toMillis());
        attempt = ProcessLock.attempt(folder);
      }
      return attempt.lockOrNull().untilTheEnd();
    } catch (IOException e) {
      throw FileErrors.unwritable(folder, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for " + folder, e);
    }
  }

  /** Deletes files that were not given their names. */
  private void sweep() throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path file : files.filter(PoolFile::isAside).toList()) {
        Files.deleteIfExists(file);
      }
    }
    OutputFolder.settle(folder.resolve(MODELS));
  }
}
