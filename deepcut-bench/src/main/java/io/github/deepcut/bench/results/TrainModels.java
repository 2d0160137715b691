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
        for (Corpus corpus : Corpus.PUBLISHED) {
          boolean wanted = cases.isEmpty() || cases.contains(c.key());
          if (wanted && job++ % parts == part) {
            Corpus.Parts read = corpus.read(data);
            Dataset all = read.train().dataset();
            Without without = new Without(c, c.split(corpus, read, seed).retainSet(), all);
            for (int k = 0; k < c.draws; k++) {
              original(models, corpus, all, seed, k);
              retrained(models, corpus, without, seed, k);
            }
          }
        }
      }
    }
  }

  /** A case's retained data, and all. */
  record Without(Case what, Dataset retain, Dataset all) {}

  /** The {@code k}-th model trained on all, from the seed's θ_init as every model of the seed. */
  static Path original(Models models, Corpus corpus, Dataset all, long seed, int k)
      throws IOException {
    String name = "original-" + seed + "-" + (char) ('a' + k);
    return models.trained(corpus, name, all, new Training(seed, draw(seed, k), all));
  }

  /** The {@code k}-th model trained without D_f, likewise. */
  static Path retrained(Models models, Corpus corpus, Without without, long seed, int k)
      throws IOException {
    String name = "retrained-" + without.what().key() + "-" + seed + "-" + (char) ('a' + k);
    Training how = new Training(seed, draw(seed, k), without.all());
    return models.trained(corpus, name, without.retain(), how);
  }

  /** The first draw has the seed itself, for order and dropout; the others have their own. */
  static long draw(long seed, int k) {
    return seed + 100L * k;
  }
}
