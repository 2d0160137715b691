package io.github.deepcut.sibling;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.deepcut.FineTunedModel;
import io.github.deepcut.data.Dataset;
import io.github.deepcut.pool.Pool;
import io.github.deepcut.pool.PoolFile;
import io.github.deepcut.pool.Workers;
import io.github.deepcut.run.FileErrors;
import io.github.deepcut.run.InputException;
import io.github.deepcut.run.Run;
import io.github.deepcut.run.Unchanged;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which siblings to train from which files, and where to keep what they say.
 *
 * @param model folder of the model
 * @param data its training data
 * @param holdout data that it never saw, by which targets are calibrated; empty for none
 * @param cache folder of pools
 * @param unit of the rows that are left out together: see {@link Units}
 * @param folds how many
 */
public record SiblingJob(
    String model, String data, String holdout, String cache, String unit, Folds folds) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SECONDS = "seconds";

  /**
   * {@return a job by its files}
   *
   * @param model folder of the model
   * @param data its training data
   * @param holdout data that it never saw
   * @param cache folder of pools
   * @param unit of the rows that are left out together
   * @param folds how many
   */
  public static SiblingJob of(
      Path model, Path data, Optional<Path> holdout, Path cache, String unit, Folds folds) {
    String unseen = holdout.map(SiblingJob::absolute).orElse("");
    return new SiblingJob(absolute(model), absolute(data), unseen, absolute(cache), unit, folds);
  }

  private static String absolute(Path path) {
    return path.toAbsolutePath().normalize().toString();
  }

  /**
   * What became of it.
   *
   * @param folder where what they say is kept
   * @param largestFold how many rows it has
   * @param seconds that they took to train, all runs together
   */
  public record Done(Path folder, int largestFold, double seconds) {}

  /**
   * Trains the siblings that are missing, by processes of their own.
   *
   * @param jobs processes at a time, 1 or more
   * @param run for its clock, and where to say how far they are
   * @return where they are
   * @throws InputException if the model does not tell how it was trained, if data cannot be read or
   *     have no such unit, or if the cache cannot be written
   */
  public Done fill(int jobs, Run run) {
    Instant start = run.clock().instant();
    try (FineTunedModel opened = FineTunedModel.open(Path.of(model))) {
      Siblings siblings = siblings(opened);
      Pool pool = siblings.pool();
      boolean open = !siblings.missing().isEmpty();
      Workers workers = new Workers(Workers.java(SiblingWorker.class), line(), jobs);
      pool.fill(folds.siblings(), pool, pool.identity().kind().words(), workers, run.progress());
      if (open) {
        double took = run.since(start).toMillis() / 1000.0 + seconds(pool.folder());
        byte[] text = Double.toString(took).getBytes(StandardCharsets.UTF_8);
        PoolFile.replace(pool.folder().resolve(SECONDS), ByteBuffer.wrap(text));
      }
      return new Done(pool.folder(), siblings.largestFold(), seconds(pool.folder()));
    }
  }

  /** The siblings, some or all of them yet to be trained. */
  Siblings siblings(FineTunedModel opened) {
    Optional<Dataset> unseen =
        Optional.of(holdout).filter(f -> !f.isEmpty()).map(f -> opened.read(Path.of(f)).dataset());
    var left = new Siblings.Left(opened.read(Path.of(data)), unit, unseen);
    return Siblings.of(opened, folds, left, Path.of(cache));
  }

  /** The files as they are now. */
  Unchanged files() {
    return Unchanged.of(
        Stream.of(model, data, holdout).filter(f -> !f.isEmpty()).map(Path::of).toList());
  }

  /** As one line. */
  String line() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** That was one line. */
  static SiblingJob parse(String line) {
    try {
      return JSON.readValue(line, SiblingJob.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * How long the siblings of a pool took to train, in seconds: of a run that was broken off, what
   * came after.
   */
  static double seconds(Path pool) {
    Path file = pool.resolve(SECONDS);
    try {
      return Files.exists(file) ? Double.parseDouble(Files.readString(file)) : 0;
    } catch (IOException e) {
      throw FileErrors.unreadable(file, e);
    } catch (NumberFormatException e) {
      throw new InputException(file + ": is damaged: delete the folder", e);
    }
  }
}
