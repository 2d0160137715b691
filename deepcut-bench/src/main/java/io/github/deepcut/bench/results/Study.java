package io.github.deepcut.bench.results;

import io.github.deepcut.Erasure;
import io.github.deepcut.FineTunedModel;
import io.github.deepcut.data.Dataset;
import io.github.deepcut.data.ForgetSplit;
import io.github.deepcut.run.Progress;
import io.github.deepcut.sibling.Folds;
import io.github.deepcut.sibling.SiblingCache;
import io.github.deepcut.sibling.Siblings;
import io.github.deepcut.sibling.Units;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A corpus and its models: originals, which serve every request, those retrained without a request,
 * and the first original's siblings, which serve every request of a kind. All are trained from one
 * θ_init.
 */
record Study(Corpus corpus, Corpus.Parts parts, Models models) {

  static Study of(Path data, Models models, Corpus corpus) {
    return new Study(corpus, corpus.read(data), models);
  }

  Dataset all() {
    return parts.train().dataset();
  }

  ForgetSplit split(Case what, int request) {
    return what.split(corpus, parts.train(), request);
  }

  /** The {@code k}-th model trained on all. */
  Path original(int k) throws IOException {
    return models.trained(this, "original-" + letter(k), all(), draw(k));
  }

  /** The {@code k}-th model trained without what a request forgets, as the k-th original was. */
  Path retrained(Case what, int request, int k) throws IOException {
    String name = "retrained-%s-%d-%s".formatted(what.key(), request, letter(k));
    return models.trained(this, name, split(what, request).retainSet(), draw(k));
  }

  private static char letter(int k) {
    return (char) ('a' + k);
  }

  /** The seed of order and dropout; that of the first is what {@code --retrain} has, too. */
  static long draw(int k) {
    return 1 + 100L * k;
  }

  /** The siblings for a case: ten folds, of half classes as many as there are halves. */
  Folds folds(Case what) {
    int halves = what == Case.HALF ? 2 * all().labels().size() : Integer.MAX_VALUE;
    return new Folds(Math.min(10, halves), 1, 1);
  }

  /** The folder of a sibling, trained as the first original was. */
  Path sibling(Case what, int number) throws IOException {
    String unit = what.unit(corpus);
    BitSet out = folds(what).without(Units.of(unit, parts.train(), 1)).get(number);
    int[] in = IntStream.range(0, all().size()).filter(i -> !out.get(i)).toArray();
    String name = "sibling-%s-%d".formatted(unit, number);
    return models.trained(this, name, all().select(in), draw(0));
  }

  /** What the siblings say that fit a request of a model of this study best. */
  Erasure erasure(FineTunedModel model, ForgetSplit split) {
    Erasure asked = new Erasure(model, split, parts.heldOut(), parts.test());
    return new SiblingCache(cache()).find(asked, Progress.silent()).map(asked::with).orElse(asked);
  }

  /** Keeps what a case's siblings say, where the program that unlearns finds it. */
  void keepSiblings(Case what) throws IOException {
    try (FineTunedModel model = FineTunedModel.open(original(0))) {
      var left = new Siblings.Left(parts.train(), what.unit(corpus), Optional.of(parts.heldOut()));
      Siblings siblings = Siblings.of(model, folds(what), left, cache());
      for (int k : siblings.missing()) {
        try (FineTunedModel one = FineTunedModel.open(sibling(what, k))) {
          siblings.keep(siblings.ask(k, one.classifier()));
        }
      }
    }
  }

  private Path cache() {
    return models.cache().resolve("siblings");
  }

  /** A model that is to be trained. */
  @FunctionalInterface
  interface Job {
    Path train() throws IOException;
  }

  /** All models of some cases' requests: originals first, then by request, then siblings. */
  List<Job> jobs(List<Selection.Request> requests) {
    List<Job> jobs = new ArrayList<>();
    IntStream.range(0, models.draws()).forEach(k -> jobs.add(() -> original(k)));
    for (Selection.Request r : requests) {
      IntStream.range(0, models.draws())
          .forEach(k -> jobs.add(() -> retrained(r.what(), r.number(), k)));
    }
    requests.stream()
        .map(Selection.Request::what)
        .distinct()
        .forEach(
            what ->
                IntStream.range(0, folds(what).siblings())
                    .forEach(k -> jobs.add(() -> sibling(what, k))));
    return jobs;
  }
}
