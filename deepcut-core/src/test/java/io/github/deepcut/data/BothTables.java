package io.github.deepcut.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deepcut.data.ForgetRequest.Where;
import io.github.deepcut.data.read.DatasetReader;
import io.github.deepcut.run.InputException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;

/** A file that is read in memory and on disk, and what a condition must take of both. */
final class BothTables {
  private static final long[] BOTH = {Long.MAX_VALUE, 0};

  private BothTables() {}

  /** The file in memory, and on disk. */
  static List<Table> both(Path file) {
    return LongStream.of(BOTH)
        .mapToObj(large -> DatasetReader.read(file, Task.CLASSIFY, large))
        .toList();
  }

  static void assertTakes(Path file, String condition, int... rows) {
    assertTakes(both(file), condition, rows);
  }

  static void assertTakes(List<Table> both, String condition, int... rows) {
    for (Table table : both) {
      assertThat(new Where(condition).positions(table)).as(condition).containsExactly(rows);
    }
  }

  static void assertRefuses(List<Table> both, String condition, String why) {
    for (Table table : both) {
      assertThatThrownBy(() -> new Where(condition).positions(table))
          .as(condition)
          .isInstanceOf(InputException.class)
          .hasMessageStartingWith("condition \"" + condition + "\": ")
          .hasMessageContaining(why)
          .hasMessageNotContaining("\n");
    }
  }
}
