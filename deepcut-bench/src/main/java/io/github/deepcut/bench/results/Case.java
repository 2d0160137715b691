package io.github.deepcut.bench.results;

import io.github.deepcut.data.ForgetRequest;
import io.github.deepcut.data.ForgetSplit;
import io.github.deepcut.train.Batches;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** What is forgotten. */
enum Case {
  /** 1 % of the training examples, drawn anew for each seed. */
  RANDOM(4),
  /** The corpus's structured request, the same for each seed. */
  STRUCTURED(2);

  /** Originals that forget it, and retrained models that each run is held against. */
  final int draws;

  Case(int draws) {
    this.draws = draws;
  }

  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  ForgetSplit split(Corpus corpus, Corpus.Parts parts, long seed) {
    if (this == STRUCTURED) {
      return corpus.structured(parts.train()).split(parts.train());
    }
    int n = parts.train().size();
    int[] drawn = Batches.sample(n, Math.max(1, n / 100), new SplittableRandom(1000 + seed));
    List<String> ids =
        Arrays.stream(drawn)
            .sorted()
            .mapToObj(i -> parts.train().dataset().examples().get(i).id())
            .toList();
    return new ForgetRequest.Ids(ids).split(parts.train());
  }
}
