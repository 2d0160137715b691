package io.github.deepcut.bench.results;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The requests that a program of the results is to work on.
 *
 * @param corpora by name; all published where empty
 * @param cases by name, with the number of a request or without ({@code random}, {@code random-1});
 *     all where empty
 */
record Selection(Set<String> corpora, Set<String> cases) {

  /** One request. */
  record Request(Corpus corpus, Case what, int number) {
    String key() {
      return corpus.key() + " " + what.key() + " " + number;
    }
  }

  /** From {@code [CORPORA [CASES]]} at a place of the arguments, split by commas. */
  static Selection of(String[] args, int at) {
    return new Selection(set(args, at), set(args, at + 1));
  }

  private static Set<String> set(String[] args, int at) {
    return args.length > at && !args[at].equals("all")
        ? Set.of(args[at].toLowerCase(Locale.ROOT).split(",", -1))
        : Set.of();
  }

  /** Those of a corpus after those of another. */
  List<Request> requests() {
    return Arrays.stream(Corpus.values())
        .filter(c -> corpora.isEmpty() ? Corpus.PUBLISHED.contains(c) : corpora.contains(c.key()))
        .flatMap(c -> Arrays.stream(Case.values()).filter(k -> k.isOf(c)).flatMap(k -> of(c, k)))
        .toList();
  }

  private Stream<Request> of(Corpus corpus, Case what) {
    return IntStream.rangeClosed(1, what.requests())
        .filter(
            n ->
                cases.isEmpty()
                    || cases.contains(what.key())
                    || cases.contains(what.key() + "-" + n))
        .mapToObj(n -> new Request(corpus, what, n));
  }
}
