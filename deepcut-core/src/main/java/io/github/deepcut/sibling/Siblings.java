package io.github.deepcut.sibling;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.deepcut.FineTunedModel;
import io.github.deepcut.FineTuning;
import io.github.deepcut.data.Dataset;
import io.github.deepcut.data.Table;
import io.github.deepcut.model.Classifier;
import io.github.deepcut.pool.Pool;
import io.github.deepcut.pool.PooledModel;
import io.github.deepcut.provenance.Version;
import io.github.deepcut.run.InputException;
import io.github.deepcut.run.Run;
import io.github.deepcut.tensor.Weights;
import io.github.deepcut.train.Recipe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The siblings of a model: trained from where and as it was, each without a fold of its training
 * data, and asked about all of them. What they say is kept in a cache and serves every request;
 * their weights, which know the data, are not.
 */
public final class Siblings {
  private final FineTunedModel model;
  private final FineTuning tuning;
  private final Folds folds;
  private final List<Dataset> asked;
  private final List<BitSet> without;
  private final Pool pool;

  private Siblings(FineTunedModel model, Folds folds, Left left, Path cache) {
    FineTuning its = FineTuning.of(model);
    this.model = model;
    this.tuning = new FineTuning(its.base(), its.recipe().withSeed(folds.seed()));
    this.folds = folds;
    this.asked = Stream.concat(Stream.of(left.table().dataset()), left.heldOut().stream()).toList();
    this.without = folds.without(Units.of(left.unit(), model, left.table(), folds.seed()));
    asked.forEach(data -> requireLabels(data, model.classifier().labels()));
    RowKeys rows = RowKeys.of(asked);
    this.pool = Pool.open(cache, identity(left, rows).pool());
    if (!Files.exists(pool.folder().resolve(RowKeys.FILE))) {
      rows.write(pool.folder());
    }
  }

  /**
   * Checks that a model knows all labels of data, before hours go into what is to be asked of them.
   *
   * @param data to be asked about
   * @param known the model's labels
   * @throws InputException that names the first label which it lacks
   */
  public static void requireLabels(Dataset data, List<String> known) {
    for (String label : data.labels()) {
      if (!known.contains(label)) {
        throw new InputException(
            "%s: has the label '%s', which the model lacks".formatted(data.source(), label));
      }
    }
  }

  /**
   * What is left out of what.
   *
   * @param table the training data
   * @param unit of the rows that are left out together: see {@link Units}
   * @param heldOut data that the model never saw, by which targets are calibrated
   */
  public record Left(Table table, String unit, Optional<Dataset> heldOut) {}

  /**
   * {@return the siblings of a model, of which none, some or all may be trained}
   *
   * @param model which stays its caller's to close
   * @param folds how many
   * @param left what they are trained without
   * @param cache folder of pools
   * @throws InputException if the model does not tell how it was trained, if the data have no such
   *     unit, or if the cache cannot be written
   */
  public static Siblings of(FineTunedModel model, Folds folds, Left left, Path cache) {
    return new Siblings(model, folds, left, cache);
  }

  private SiblingIdentity identity(Left left, RowKeys rows) {
    int n = left.table().size();
    return new SiblingIdentity(
        made(tuning, model.classifier().labels()),
        n,
        rows.digest(0, n),
        left.heldOut().map(data -> rows.digest(n, n + data.size())).orElse(""),
        left.unit(),
        folds);
  }

  /**
   * {@return how a model was trained, but for the data and the seed}
   *
   * @param tuning its base and its recipe
   * @param labels in the order of the classes
   */
  static SiblingIdentity.Made made(FineTuning tuning, List<String> labels) {
    return new SiblingIdentity.Made(
        Version.CURRENT, tuning.baseFingerprint(), written(tuning.recipe()), labels);
  }

  /** A recipe as an identity has it, whatever its seed. */
  static String written(Recipe recipe) {
    return new ObjectMapper().valueToTree(recipe.withSeed(0)).toString();
  }

  /** {@return the numbers of the siblings that are not trained yet} */
  public List<Integer> missing() {
    return pool.missing(folds.siblings());
  }

  /**
   * Trains a sibling and asks it. Training has the seed of the folds; the same sibling says the
   * same each time.
   *
   * @param number of it, from 0 on
   * @param run for its clock, its device and its progress
   * @return what it says
   */
  public PooledModel train(int number, Run run) {
    Dataset train = asked.get(0);
    BitSet out = without.get(number);
    int[] in = IntStream.range(0, train.size()).filter(i -> !out.get(i)).toArray();
    FineTuning.Tuned tuned = tuning.train(train.select(in), model.classifier().labels(), run);
    try (Weights weights = tuned.weights()) {
      return ask(number, tuned.prepared().classifier());
    }
  }

  /**
   * Asks a sibling that was trained elsewhere, without its fold.
   *
   * @param number of it, from 0 on
   * @param sibling of the model's labels
   * @return what it says
   */
  public PooledModel ask(int number, Classifier sibling) {
    List<float[]> said = new ArrayList<>();
    for (Dataset part : asked) {
      said.addAll(Arrays.asList(model.logOdds(sibling, part)));
    }
    boolean[] members = new boolean[said.size()];
    Arrays.fill(members, 0, asked.get(0).size(), true);
    without.get(number).stream().forEach(row -> members[row] = false);
    return new PooledModel(number, members, said.toArray(float[][]::new));
  }

  /**
   * Keeps what a sibling says, but of rows that were forgotten meanwhile.
   *
   * @param said by {@link #train}
   */
  public void keep(PooledModel said) {
    pool.write(FoundPool.without(RowKeys.read(pool.folder()).gone(), said));
  }

  /** Where what they say is kept. */
  Pool pool() {
    return pool;
  }

  /** How many of the rows the largest fold has. */
  int largestFold() {
    return without.stream().mapToInt(BitSet::cardinality).max().orElse(0);
  }
}
