package io.github.deepcut.shadow;

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
 * The shadow models of one identity, in a folder of a cache that bears its hash: {@code pool.json}
 * tells the identity, {@code NNNN.shadow} holds what model NNNN says. What is there is never made
 * again.
 *
 * @param folder of the pool
 */
public record ShadowPool(Path folder, PoolIdentity identity) {

  /** The folder of the models that are kept, in that of the pool. */
  public static final String MODELS = "models";

  private static final Duration WAIT = Duration.ofMillis(200);

  /** The cache of this user: {@code ~/.cache/deepcut/shadows}. */
  public static Path defaultCache() {
    String xdg = System.getenv("XDG_CACHE_HOME");
    Path caches =
        xdg == null || xdg.isBlank()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(xdg);
    return caches.resolve("deepcut").resolve("shadows");
  }

  /**
   * Opens the pool, or begins it.
   *
   * @throws InputException if the cache cannot be written, or the folder tells of another identity
   */
  public static ShadowPool open(Path cache, PoolIdentity identity) {
    Path folder = cache.resolve(identity.key());
    Path file = folder.resolve("pool.json");
    try {
      Files.createDirectories(folder);
      if (!Files.exists(file)) {
        ShadowFile.replace(file, ByteBuffer.wrap(identity.json().getBytes(StandardCharsets.UTF_8)));
      } else if (!Files.readString(file).equals(identity.json())) {
        throw new InputException(file + ": tells of another pool: delete the folder");
      }
    } catch (IOException e) {
      throw FileErrors.unwritable(folder, e);
    }
    return new ShadowPool(folder, identity);
  }

  /** Those of models 0 … n - 1 that are not there yet. */
  public List<Integer> missing(int n) {
    return IntStream.range(0, n).filter(k -> !Files.exists(file(k))).boxed().toList();
  }

  /** Models 0 … n - 1, which are there. */
  public List<Shadow> read(int n) {
    return IntStream.range(0, n)
        .mapToObj(k -> ShadowFile.read(file(k), identity.digest()))
        .toList();
  }

  /** Keeps a model's answers. */
  public void write(Shadow shadow) {
    ShadowFile.write(file(shadow.model()), identity.digest(), shadow);
  }

  private Path file(int model) {
    return folder.resolve("%04d.shadow".formatted(model));
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
            "%s trains shadow models into %s: waiting for it".formatted(attempt.owner(), folder));
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
      for (Path file : files.filter(ShadowFile::isAside).toList()) {
        Files.deleteIfExists(file);
      }
    }
    OutputFolder.settle(folder.resolve(MODELS));
  }
}
