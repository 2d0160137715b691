package io.github.deepcut.bench.results;

import io.github.deepcut.data.ForgetRequest;
import io.github.deepcut.data.ForgetSplit;
import io.github.deepcut.data.Table;
import io.github.deepcut.data.Task;
import io.github.deepcut.sibling.Units;
import io.github.deepcut.train.Batches;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** What is forgotten, and what siblings leave out for it. */
enum Case {
  /** 1 % of the training examples, drawn anew for each request. */
  RANDOM("random"),
  /** All rows of one value of a column. */
  SUBJECT("subject"),
  /** Every other row of one class. */
  HALF("half-label"),
  /** All sentences that name one entity. */
  ENTITY("entity");

  private final String key;

  Case(String key) {
    this.key = key;
  }

  /** Its name in the results. */
  String key() {
    return key;
  }

  /** How many requests of its kind there are. */
  int requests() {
    return this == RANDOM ? 3 : 1;
  }

  /** Whether a corpus has such a request. */
  boolean isOf(Corpus corpus) {
    return switch (this) {
      case RANDOM -> true;
      case SUBJECT -> corpus.subject().isPresent();
      case HALF -> corpus.halved().isPresent();
      case ENTITY -> corpus.task() == Task.NER;
    };
  }

  /** What siblings leave out together. */
  String unit(Corpus corpus) {
    return switch (this) {
      case RANDOM -> Units.ROW;
      case SUBJECT -> corpus.subject().orElseThrow();
      case HALF -> Units.HALF_CLASS;
      case ENTITY -> Units.ENTITY;
    };
  }

  ForgetSplit split(Corpus corpus, Table train, int request) {
    ForgetRequest asked =
        switch (this) {
          case RANDOM -> random(train, request);
          case SUBJECT -> corpus.someone(train);
          case HALF -> corpus.half(train);
          case ENTITY -> Corpus.entity(train);
        };
    return asked.split(train);
  }

  private static ForgetRequest random(Table train, int request) {
    int n = train.size();
    int[] drawn = Batches.sample(n, Math.max(1, n / 100), new SplittableRandom(1000L + request));
    List<String> ids =
        Arrays.stream(drawn)
            .sorted()
            .mapToObj(i -> train.dataset().examples().get(i).id())
            .toList();
    return new ForgetRequest.Ids(ids);
  }
}
