package io.github.deepcut.sibling;

import io.github.deepcut.Erasure;
import io.github.deepcut.FineTunedModel;
import io.github.deepcut.FineTuning;
import io.github.deepcut.pool.Pool;
import io.github.deepcut.pool.PooledModel;
import io.github.deepcut.run.FileErrors;
import io.github.deepcut.run.InputException;
import io.github.deepcut.run.ProcessLock;
import io.github.deepcut.run.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Where what siblings say is kept, and found again by how a model was trained and by the rows of
 * its data.
 *
 * @param folder of pools
 */
public record SiblingCache(Path folder) {

  /**
   * Looks for the siblings that fit a request best.
   *
   * @param erasure the request
   * @param progress where to say what was found, and why it is not used
   * @return what they say; empty where none know all rows that are to be forgotten
   */
  public Optional<Erasure.Siblings> find(Erasure erasure, Progress progress) {
    List<Found> pools = pools(erasure.model());
    pools.forEach(pool -> pool.settle(progress));
    return pools.stream()
        .filter(Found::isWhole)
        .map(pool -> new KnownRows(pool, erasure).known(progress))
        .flatMap(Optional::stream)
        .min(Comparator.comparingInt(siblings -> siblings.which().misfitPercent()));
  }

  /**
   * Deletes from all pools what siblings say of D_f.
   *
   * @param erasure the request
   * @param progress where to say that another process is waited for
   * @return how many pools knew of it
   */
  public int forget(Erasure erasure, Progress progress) {
    return (int)
        pools(erasure.model()).stream()
            .filter(pool -> new KnownRows(pool, erasure).forget(progress))
            .count();
  }

  /** What a sibling says, of some rows nothing. */
  static PooledModel without(BitSet rows, PooledModel sibling) {
    float[][] left = sibling.logOdds().clone();
    rows.stream().forEach(row -> left[row] = new float[0]);
    return new PooledModel(sibling.model(), sibling.members(), left);
  }

  /** A pool and what its folder tells of it. */
  record Found(SiblingIdentity identity, Pool pool) {
    boolean isWhole() {
      return pool.missing(identity.folds().siblings()).isEmpty();
    }

    /** That the siblings took to train. */
    double seconds() {
      return SiblingJob.seconds(pool.folder());
    }

    /**
     * Deletes what is said of rows that were forgotten: a run may have been ended before it did.
     */
    void settle(Progress progress) {
      BitSet gone = RowKeys.read(pool.folder()).gone();
      List<PooledModel> telling =
          there().stream()
              .filter(
                  s ->
                      gone.stream()
                          .anyMatch(row -> row < s.logOdds().length && s.logOdds()[row].length > 0))
              .toList();
      if (!telling.isEmpty()) {
        try (ProcessLock lock = pool.lock(progress)) {
          telling.forEach(sibling -> pool.write(without(gone, sibling)));
        }
      }
    }

    List<PooledModel> there() {
      List<Integer> missing = pool.missing(identity.folds().siblings());
      return IntStream.range(0, identity.folds().siblings())
          .filter(k -> !missing.contains(k))
          .mapToObj(pool::one)
          .toList();
    }
  }

  private List<Found> pools(FineTunedModel model) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    Optional<SiblingIdentity.Made> made = made(model);
    try (var folders = Files.list(folder)) {
      return folders
          .sorted()
          .map(SiblingCache::pool)
          .flatMap(Optional::stream)
          .filter(found -> made.map(found.identity()::isOf).orElse(false))
          .toList();
    } catch (IOException e) {
      throw FileErrors.unreadable(folder, e);
    }
  }

  private static Optional<Found> pool(Path folder) {
    if (!Files.exists(folder.resolve(RowKeys.FILE))) {
      return Optional.empty();
    }
    try {
      SiblingIdentity its = SiblingIdentity.parse(Files.readString(folder.resolve(Pool.FILE)));
      return Optional.of(new Found(its, new Pool(folder, its.pool())));
    } catch (IOException e) {
      return Optional.empty(); // of a version that wrote it otherwise
    }
  }

  private static Optional<SiblingIdentity.Made> made(FineTunedModel model) {
    try {
      return Optional.of(Siblings.made(FineTuning.of(model), model.classifier().labels()));
    } catch (InputException e) {
      return Optional.empty(); // nobody knows how to train its like
    }
  }
}
