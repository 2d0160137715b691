package io.github.deepcut.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepcut.data.Copies.Count;
import io.github.deepcut.data.read.DatasetReader;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Copies in the public corpora, as a count in another language found them. */
class RealCopiesTest {

  /** No two training rows are the same; 25 of them are nearly in dev, by 24 rows of it. */
  @RealData.Needed
  @Test
  void clincHasFewCopies() {
    Path dir = RealData.folder().resolve("clinc150");
    Dataset train = read(dir.resolve("train.jsonl.gz"));
    int[] first = IntStream.range(0, 1).toArray();
    int[] others = IntStream.range(1, train.size()).toArray();
    Unseen unseen =
        Unseen.of(
            new ForgetSplit(train, first, others, "the first"),
            Optional.of(read(dir.resolve("dev.jsonl.gz"))),
            Optional.of(read(dir.resolve("test.jsonl.gz"))));
    Copies copies = unseen.copies();
    assertThat(copies.forgotten()).isEqualTo(new Count(0, 0));
    assertThat(copies.holdout().retained()).isEqualTo(new Count(3, 21));
    assertThat(copies.test().retained()).isEqualTo(new Count(2, 31));
    assertThat(unseen.test().orElseThrow().size()).isEqualTo(4500);
  }

  private static Dataset read(Path file) {
    return DatasetReader.read(file, Task.CLASSIFY).dataset();
  }
}
