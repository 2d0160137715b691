package io.github.deepcut.sibling;

import io.github.deepcut.Erasure;
import io.github.deepcut.FineTunedModel;
import io.github.deepcut.FineTuning;
import io.github.deepcut.run.FileErrors;
import io.github.deepcut.run.InputException;
import io.github.deepcut.run.Progress;
import io.github.deepcut.sibling.known.KnownSiblings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Where what siblings say is kept, and found again by how a model was trained and by the rows of
 * its data.
 *
 * @param folder of pools
 */
public record SiblingCache(Path folder) {
  private static final Comparator<KnownSiblings> BEST =
      Comparator.<KnownSiblings>comparingInt(s -> s.which().misfitPercent())
          .thenComparing(s -> s.which().holdout().isEmpty()) // calibrated ones first
          .thenComparingInt(s -> -s.which().rounds());

  /**
   * Looks for the siblings that fit a request best.
   *
   * @param erasure the request
   * @param progress where to say what was found, and why it is not used
   * @return what they say; empty where none know all rows that are to be forgotten
   */
  public Optional<KnownSiblings> find(Erasure erasure, Progress progress) {
    List<FoundPool> alike = alike(erasure.model());
    if (alike.isEmpty()) {
      return Optional.empty();
    }
    AskedRows rows = AskedRows.of(erasure); // once for all pools: it reads every row
    return alike.stream()
        .map(pool -> known(pool, rows, progress))
        .flatMap(Optional::stream)
        .min(BEST);
  }

  private static Optional<KnownSiblings> known(FoundPool pool, AskedRows rows, Progress progress) {
    try {
      pool.settle(progress);
      return pool.isWhole() ? new KnownRows(pool, rows).known(progress) : Optional.empty();
    } catch (InputException e) {
      progress.say("note: siblings are not used: " + e.getMessage());
      return Optional.empty();
    }
  }

  /**
   * Deletes what siblings of the model say of D_f, wherever the folder is now that it was trained
   * from.
   *
   * @param erasure the request
   * @param progress where to say that another process is waited for
   * @return how many pools knew of it
   * @throws InputException if it cannot be deleted from one of them; it is from the others
   */
  public int forget(Erasure erasure, Progress progress) {
    List<FoundPool> pools = pools(erasure.model());
    if (pools.isEmpty()) {
      return 0;
    }
    List<ByteBuffer> rows = RowKeys.of(List.of(erasure.split().forgetSet())).keys();
    int knew = 0;
    InputException failed = null;
    for (FoundPool pool : pools) {
      try {
        knew += pool.forget(rows, progress) ? 1 : 0;
      } catch (InputException e) {
        failed = e;
      }
    }
    if (failed != null) {
      throw new InputException(
          failed.getMessage() + ": what siblings said of the rows to forget may be left there",
          failed);
    }
    return knew;
  }

  /** Those that were trained as a model was. */
  private List<FoundPool> alike(FineTunedModel model) {
    List<FoundPool> pools = pools(model);
    if (pools.isEmpty()) {
      return List.of(); // and nothing has to be read of the model's base
    }
    try {
      SiblingIdentity.Made made = Siblings.made(FineTuning.of(model), model.classifier().labels());
      return pools.stream().filter(found -> found.identity().isOf(made)).toList();
    } catch (InputException e) {
      return List.of(); // nobody knows how to train its like
    }
  }

  /** Those that may be of a model, wherever its base is. */
  private List<FoundPool> pools(FineTunedModel model) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (var folders = Files.list(folder)) {
      return folders
          .sorted()
          .map(FoundPool::in)
          .flatMap(Optional::stream)
          .filter(pool -> pool.mayBeOf(model))
          .toList();
    } catch (IOException e) {
      throw FileErrors.unreadable(folder, e);
    }
  }
}
