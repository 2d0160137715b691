package io.github.deepcut.data;

import java.util.List;

/**
 * A data file: its examples, and whatever else it says of them.
 *
 * @param rawIds the id that the file gives each example; several sentences of a document may share
 *     one, while the ids of the examples themselves are unique
 * @param extras the other columns, in the order of the file; none of a file that stays on disk,
 *     where a condition can name them all the same
 */
public record Table(Dataset dataset, List<String> rawIds, List<Column> extras) {
  public Table {
    rawIds = StoredExamples.kept(rawIds);
    extras = List.copyOf(extras);
    int rows = dataset.size();
    if (rawIds.size() != rows || extras.stream().anyMatch(c -> c.values().size() != rows)) {
      throw new IllegalArgumentException("every column needs " + rows + " values, one an example");
    }
  }

  /** Examples that come from no file, with no other columns. */
  public static Table of(Dataset dataset) {
    return new Table(dataset, dataset.examples().stream().map(Example::id).toList(), List.of());
  }

  public int size() {
    return dataset.size();
  }
}
