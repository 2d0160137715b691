package io.github.deepcut.sibling;

import io.github.deepcut.FineTunedModel;
import io.github.deepcut.audit.LogOdds;
import io.github.deepcut.data.Dataset;
import io.github.deepcut.data.ForgetSplit;
import io.github.deepcut.data.Input;
import io.github.deepcut.pool.PooledModel;
import io.github.deepcut.run.Progress;
import io.github.deepcut.sibling.known.KnownSiblings;
import io.github.deepcut.unlearn.SiblingLosses;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** The rows of a request among those that a pool of siblings was asked about. */
final class KnownRows {
  private static final int UNKNOWN = -1;

  private final FoundPool found;
  private final AskedRows asked;
  private final RowKeys keys;
  private final int[] rows;

  KnownRows(FoundPool found, AskedRows asked) {
    this.found = found;
    this.asked = asked;
    this.keys = found.keys();
    if (keys.keys().size() < found.identity().rows()) {
      throw found.damaged();
    }
    this.rows = places(asked.train(), 0, found.identity().rows());
  }

  /** What the siblings say; empty, and said why, where they do not know all of D_f. */
  Optional<KnownSiblings> known(Progress progress) {
    ForgetSplit split = asked.erasure().split();
    long unknown = Arrays.stream(split.forget()).filter(i -> rows[i] == UNKNOWN).count();
    if (unknown == split.forget().length) {
      return Optional.empty(); // of other data
    }
    if (unknown > 0) {
      progress.say(
          "note: the siblings in %s do not know %d of the %d rows to forget: they are not used"
              .formatted(found.pool().folder(), unknown, split.forget().length));
      return Optional.empty();
    }
    List<PooledModel> siblings = found.there();
    if (siblings.stream().anyMatch(s -> s.logOdds().length != keys.keys().size())) {
      throw found.damaged();
    }
    List<BitSet> without = siblings.stream().map(this::without).toList();
    FineTunedModel model = asked.erasure().model();
    Fit fit = Fit.of(examples(model, split.data()), split.forget(), without);
    int[] forget = Arrays.stream(split.forget()).map(i -> rows[i]).toArray();
    int[] heldOut = places(asked.heldOut(), found.identity().rows(), keys.keys().size());
    List<SiblingLosses.Sibling> said =
        IntStream.range(0, siblings.size())
            .mapToObj(
                s -> {
                  IntPredicate isAsked = k -> fit.siblings(k, without, split.forget()[k]).get(s);
                  float[][] logOdds = siblings.get(s).logOdds();
                  return new SiblingLosses.Sibling(
                      losses(logOdds, forget, isAsked), losses(logOdds, heldOut, k -> true));
                })
            .toList();
    double misfit = fit.mean();
    return Optional.of(
        new KnownSiblings(
            found.identity().used(misfit),
            (double) keys.gone().get(0, found.identity().rows()).cardinality()
                / found.identity().rows(),
            found.seconds(),
            new SiblingLosses(said, misfit <= Fit.MOST)));
  }

  /** Of each example a row; of a sentence that is too long for one, the first. */
  private static List<? extends Input> examples(FineTunedModel model, Dataset data) {
    List<? extends Input> rows = model.encodeLazily(data);
    if (rows.size() == data.size()) {
      return rows;
    }
    Input[] first = new Input[data.size()];
    for (Input row : rows) {
      first[row.example()] = first[row.example()] == null ? row : first[row.example()];
    }
    return List.of(first);
  }

  /** The rows that a sibling never saw, where they are in the data. */
  private BitSet without(PooledModel sibling) {
    BitSet out = new BitSet();
    for (int i = 0; i < rows.length; i++) {
      out.set(i, rows[i] == UNKNOWN || !sibling.members()[rows[i]]);
    }
    return out;
  }

  /** Where each of some rows is among the pool's rows from {@code from} to before {@code to}. */
  private int[] places(List<ByteBuffer> wanted, int from, int to) {
    Map<ByteBuffer, Deque<Integer>> places = new HashMap<>();
    for (int i = from; i < to; i++) {
      places.computeIfAbsent(keys.keys().get(i), k -> new ArrayDeque<>()).add(i);
    }
    places.remove(RowKeys.GONE);
    return wanted.stream()
        .mapToInt(
            key -> {
              Deque<Integer> left = places.get(key);
              return left == null || left.isEmpty() ? UNKNOWN : left.remove();
            })
        .toArray();
  }

  /** -log p of each item of some rows, from its log odds; nothing of others and unknown ones. */
  private static double[][] losses(float[][] logOdds, int[] rows, IntPredicate wanted) {
    double[][] out = new double[rows.length][0];
    for (int k = 0; k < rows.length; k++) {
      if (rows[k] != UNKNOWN && wanted.test(k)) {
        float[] its = logOdds[rows[k]];
        out[k] = IntStream.range(0, its.length).mapToDouble(i -> LogOdds.loss(its[i])).toArray();
      }
    }
    return out;
  }
}
