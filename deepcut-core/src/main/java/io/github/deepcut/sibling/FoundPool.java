package io.github.deepcut.sibling;

import io.github.deepcut.FineTunedModel;
import io.github.deepcut.pool.Pool;
import io.github.deepcut.pool.PooledModel;
import io.github.deepcut.run.InputException;
import io.github.deepcut.run.ProcessLock;
import io.github.deepcut.run.Progress;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** A pool of siblings and what its folder tells of it. */
record FoundPool(SiblingIdentity identity, Pool pool) {

  /** That of a folder; empty where it is none, or of a version that wrote it otherwise. */
  static Optional<FoundPool> in(Path folder) {
    if (!Files.exists(folder.resolve(RowKeys.FILE))) {
      return Optional.empty();
    }
    try {
      SiblingIdentity its = SiblingIdentity.parse(Files.readString(folder.resolve(Pool.FILE)));
      return Optional.of(new FoundPool(its, new Pool(folder, its.pool())));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * Whether these may be siblings of a model, by its labels, and its recipe where that is known.
   */
  boolean mayBeOf(FineTunedModel model) {
    return identity.made().labels().equals(model.classifier().labels())
        && model
            .record()
            .map(r -> Siblings.written(r.recipe()).equals(identity.made().recipe()))
            .orElse(true);
  }

  RowKeys keys() {
    return RowKeys.read(pool.folder());
  }

  InputException damaged() {
    return new InputException(pool.folder() + ": its files do not fit each other: delete it");
  }

  /** What the siblings say that are trained. */
  List<PooledModel> there() {
    List<Integer> missing = pool.missing(identity.folds().siblings());
    return IntStream.range(0, identity.folds().siblings())
        .filter(k -> !missing.contains(k))
        .mapToObj(pool::one)
        .toList();
  }

  boolean isWhole() {
    return pool.missing(identity.folds().siblings()).isEmpty();
  }

  /** That the siblings took to train. */
  double seconds() {
    return SiblingJob.seconds(pool.folder());
  }

  /**
   * Deletes rows, and what the siblings say of them: of the training rows as many as there are keys
   * (others may say the same, and stay), of the others all.
   *
   * @return whether there was one
   */
  boolean forget(List<ByteBuffer> rows, Progress progress) {
    if (gone(rows, keys()).isEmpty()) {
      return false;
    }
    try (ProcessLock lock = pool.lock(progress)) {
      RowKeys now = keys();
      RowKeys left = now.without(gone(rows, now));
      left.write(pool.folder());
      delete(left.gone());
    }
    return true;
  }

  private BitSet gone(List<ByteBuffer> rows, RowKeys keys) {
    Map<ByteBuffer, Integer> left = new HashMap<>();
    rows.forEach(row -> left.merge(row, 1, Integer::sum));
    BitSet gone = new BitSet();
    for (int i = 0; i < keys.keys().size(); i++) {
      Integer more = left.get(keys.keys().get(i));
      boolean train = i < identity.rows();
      if (more != null && (!train || more > 0)) {
        gone.set(i);
        left.put(keys.keys().get(i), train ? more - 1 : more);
      }
    }
    return gone;
  }

  /** Deletes what is said of rows that are gone: a run may have been ended before it did. */
  void settle(Progress progress) {
    BitSet gone = keys().gone();
    if (gone.isEmpty() || telling(gone).isEmpty()) {
      return;
    }
    try (ProcessLock lock = pool.lock(progress)) {
      delete(keys().gone()); // more may be by now
    }
  }

  private void delete(BitSet gone) {
    telling(gone).forEach(sibling -> pool.write(without(gone, sibling)));
  }

  /** Siblings that say something of rows that are gone. */
  private List<PooledModel> telling(BitSet gone) {
    return there().stream()
        .filter(
            s ->
                gone.stream()
                    .anyMatch(row -> row < s.logOdds().length && s.logOdds()[row].length > 0))
        .toList();
  }

  /** What a sibling says, of some rows nothing. */
  static PooledModel without(BitSet rows, PooledModel sibling) {
    float[][] left = sibling.logOdds().clone();
    rows.stream().filter(row -> row < left.length).forEach(row -> left[row] = new float[0]);
    return new PooledModel(sibling.model(), sibling.members(), left);
  }
}
