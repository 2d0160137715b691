package io.github.deepcut.data;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Examples of one task in the order of their file.
 *
 * @param source where they came from, for messages
 * @param examples of a large file they stay on disk, and {@code get} reads one each time
 */
public record Dataset(Task task, String source, List<Example> examples) {
  private static final Comparator<String> OUTSIDE_FIRST =
      Comparator.comparing((String label) -> !label.equals("O"))
          .thenComparing(Comparator.naturalOrder());

  private static final Comparator<String> NUMBERS_FIRST =
      Comparator.comparingInt(Dataset::number).thenComparing(Comparator.naturalOrder());

  public Dataset {
    examples = StoredExamples.kept(examples);
  }

  /** Whether the examples stay in their file, and are read again each time. */
  public boolean isStored() {
    return examples instanceof StoredExamples;
  }

  public int size() {
    return examples.size();
  }

  /**
   * The label names (or tags) that occur, sorted; {@code O} first for tags. Those of images that
   * are numbers come first and sort as numbers.
   */
  public List<String> labels() {
    return IntStream.range(0, size())
        .mapToObj(this::labels)
        .distinct()
        .flatMap(List::stream)
        .distinct()
        .sorted(task == Task.IMAGE ? NUMBERS_FIRST : OUTSIDE_FIRST)
        .toList();
  }

  /**
   * The label of an example, or its tags, each at least once; none where they are not known. Of a
   * file that stays on disk this takes no reading.
   */
  public List<String> labels(int position) {
    if (examples instanceof StoredExamples stored) {
      return stored.labels(position);
    }
    if (examples.get(position) instanceof TaggedSentence sentence) {
      return sentence.tags();
    }
    String label =
        examples.get(position) instanceof LabeledImage image
            ? image.label()
            : ((LabeledText) examples.get(position)).label();
    return label == null ? List.of() : List.of(label);
  }

  /** The id of an example. Of a file that stays on disk and brings no ids this takes no reading. */
  public String id(int position) {
    return examples instanceof StoredExamples stored
        ? stored.id(position)
        : examples.get(position).id();
  }

  /**
   * 64 bits for each example of what it says: equal where two are the same but for case,
   * punctuation, blanks and Unicode form, or have the same pixels. Of a file that stays on disk
   * this takes no reading.
   */
  long[] contents() {
    return examples instanceof StoredExamples stored
        ? stored.contents()
        : examples.stream().mapToLong(Content::hash).toArray();
  }

  /** The same dataset with the examples at {@code positions} alone, in that order. */
  public Dataset select(int[] positions) {
    return new Dataset(
        task,
        source,
        examples instanceof StoredExamples stored
            ? stored.select(positions)
            : Arrays.stream(positions).mapToObj(examples::get).toList());
  }

  private static int number(String label) {
    return label.matches("\\d{1,9}") ? Integer.parseInt(label) : Integer.MAX_VALUE;
  }
}
