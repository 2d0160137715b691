package io.github.deepcut.app.demo;

import io.github.deepcut.audit.EntityF1;
import io.github.deepcut.audit.Evaluation;
import io.github.deepcut.data.TaggedSentence;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What the three models find in some of the forgotten patient's sentences. */
public final class Shown {
  private static final int MOST = 3;

  private Shown() {}

  /** The first sentences that the original and the retrained model read differently, as lines. */
  public static List<String> of(Evaluation original, Evaluation unlearned, Evaluation retrained) {
    return IntStream.range(0, original.data().size())
        .filter(i -> !original.tags(i).equals(retrained.tags(i)))
        .limit(MOST)
        .boxed()
        .flatMap(
            i -> {
              List<String> words = ((TaggedSentence) original.data().examples().get(i)).words();
              return Stream.of(
                  String.join(" ", words),
                  "  original   " + entities(words, original.tags(i)),
                  "  unlearned  " + entities(words, unlearned.tags(i)),
                  "  retrained  " + entities(words, retrained.tags(i)));
            })
        .toList();
  }

  private static String entities(List<String> words, List<String> tags) {
    String found =
        EntityF1.spans(tags).stream()
            .map(s -> s.type() + " " + String.join(" ", words.subList(s.start(), s.end())))
            .collect(Collectors.joining(", "));
    return found.isEmpty() ? "nothing" : found;
  }
}
