package io.github.deepcut.bench.results;

import io.github.deepcut.FineTunedModel;
import io.github.deepcut.bench.results.Models.Training;
import io.github.deepcut.data.Dataset;
import io.github.deepcut.sibling.Folds;
import io.github.deepcut.sibling.Siblings;
import io.github.deepcut.sibling.Units;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Trains the siblings of the first original of a seed into the cache, as whole models, so that
 * several ways to use them can be held against each other.
 */
public final class TrainSiblings {
  private TrainSiblings() {}

  /** {@code DATA CACHE PART PARTS CORPUS SEED UNIT FOLDS ROUNDS}. */
  public static void main(String[] args) throws IOException {
    org.bytedeco.pytorch.global.torch.set_num_threads(1);
    Corpus corpus = corpus(args[4]);
    long seed = Long.parseLong(args[5]);
    Folds folds = new Folds(Integer.parseInt(args[7]), Integer.parseInt(args[8]), 1);
    Corpus.Parts parts = corpus.read(Path.of(args[0]));
    Models models = new Models(Path.of(args[1]));
    for (int k = Integer.parseInt(args[2]); k < folds.siblings(); k += Integer.parseInt(args[3])) {
      sibling(models, corpus, parts, seed, new Which(args[6], folds, k));
    }
    if (args[2].equals("0")) { // the others may not be done: it trains what it lacks
      pool(models, corpus, parts, seed, new Which(args[6], folds, 0));
    }
  }

  /** The corpus of a name. */
  static Corpus corpus(String key) {
    return Arrays.stream(Corpus.values())
        .filter(c -> c.key().equals(key))
        .findFirst()
        .orElseThrow();
  }

  /** One sibling of several. */
  record Which(String unit, Folds folds, int number) {
    BitSet without(Corpus.Parts parts) {
      return folds.without(Units.of(unit, parts.train(), 1)).get(number);
    }
  }

  /** The folder of a sibling, trained as the first original of the seed was. */
  static Path sibling(Models models, Corpus corpus, Corpus.Parts parts, long seed, Which which)
      throws IOException {
    Dataset all = parts.train().dataset();
    BitSet out = which.without(parts);
    int[] in = IntStream.range(0, all.size()).filter(i -> !out.get(i)).toArray();
    String name =
        "sibling-%d-%s-%d-%d".formatted(seed, which.unit(), which.folds().count(), which.number());
    Training how = new Training(seed, TrainModels.draw(seed, 0), all);
    return models.trained(corpus, name, all.select(in), how);
  }

  /** Keeps what the siblings of a kind say, where the program that unlearns finds it. */
  static void pool(Models models, Corpus corpus, Corpus.Parts parts, long seed, Which kind)
      throws IOException {
    Dataset all = parts.train().dataset();
    try (FineTunedModel model =
        FineTunedModel.open(TrainModels.original(models, corpus, all, seed, 0))) {
      var left = new Siblings.Left(parts.train(), kind.unit(), Optional.of(parts.heldOut()));
      Siblings siblings = Siblings.of(model, kind.folds(), left, cache(models));
      for (int k : siblings.missing()) {
        Which which = new Which(kind.unit(), kind.folds(), k);
        try (FineTunedModel one =
            FineTunedModel.open(sibling(models, corpus, parts, seed, which))) {
          siblings.keep(siblings.ask(k, one.classifier()));
        }
      }
    }
  }

  /** Where the pools are. */
  static Path cache(Models models) {
    return models.cache().resolve("siblings");
  }
}
