package io.github.deepcut.bench.results;

import io.github.deepcut.bench.results.Models.Training;
import io.github.deepcut.data.Dataset;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

/**
 * Trains every original and retrained model of the results into the cache. Two processes with the
 * arguments {@code 0 2} and {@code 1 2} share the work, one thread each.
 */
public final class TrainModels {
  static final int SEEDS = 3;

  private TrainModels() {}

  /** {@code DATA CACHE PART PARTS [CASES]}, the cases split by commas. */
  public static void main(String[] args) throws IOException {
    org.bytedeco.pytorch.global.torch.set_num_threads(1);
    Path data = Path.of(args[0]);
    Models models = new Models(Path.of(args[1]));
    int part = Integer.parseInt(args[2]);
    int parts = Integer.parseInt(args[3]);
    Set<String> cases = args.length > 4 ? Set.of(args[4].split(",", -1)) : Set.of();
    int job = 0;
    for (Case c : Case.values()) {
      for (long seed = 1; seed <= SEEDS; seed++) {
        for (Corpus corpus : Corpus.values()) {
          boolean wanted = cases.isEmpty() || cases.contains(c.key());
          if (wanted && job++ % parts == part) {
            Corpus.Parts read = corpus.read(data);
            Dataset all = read.train().dataset();
            original(models, corpus, all, seed);
            Dataset retain = c.split(corpus, read, seed).retainSet();
            retrained(models, corpus, new Without(c, retain, all), seed);
          }
        }
      }
    }
  }

  /** A case's retained data, and all. */
  record Without(Case what, Dataset retain, Dataset all) {}

  static Path original(Models models, Corpus corpus, Dataset all, long seed) throws IOException {
    return models.trained(corpus, "original-" + seed, all, new Training(seed, seed, all));
  }

  /**
   * Models trained without D_f from the original's θ_init: the first by its recipe, seed and all,
   * the others in another order and under other dropout.
   */
  static Path[] retrained(Models models, Corpus corpus, Without without, long seed)
      throws IOException {
    Path[] out = new Path[without.what().references];
    for (int k = 0; k < out.length; k++) {
      long own = seed + 100L * k;
      String name = "retrained-" + without.what().key() + "-" + seed + "-" + (char) ('a' + k);
      out[k] =
          models.trained(corpus, name, without.retain(), new Training(seed, own, without.all()));
    }
    return out;
  }
}
