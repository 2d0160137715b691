package io.github.deepcut.data;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Examples of one task in the order of their file.
 *
 * @param source where they came from, for messages
 */
public record Dataset(Task task, String source, List<Example> examples) {
  public Dataset {
    examples = List.copyOf(examples);
  }

  public int size() {
    return examples.size();
  }

  /** The label names (or tags) that occur, sorted; {@code O} first for tags. */
  public List<String> labels() {
    Stream<String> names =
        examples.stream()
            .flatMap(
                e ->
                    e instanceof TaggedSentence s
                        ? s.tags().stream()
                        : Stream.ofNullable(((LabeledText) e).label()));
    return names
        .filter(Objects::nonNull)
        .distinct()
        .sorted((a, b) -> a.equals("O") ? -1 : b.equals("O") ? 1 : a.compareTo(b))
        .toList();
  }

  /** The same dataset with the examples at {@code positions} alone, in that order. */
  public Dataset select(int[] positions) {
    return new Dataset(
        task, source, java.util.Arrays.stream(positions).mapToObj(examples::get).toList());
  }
}
