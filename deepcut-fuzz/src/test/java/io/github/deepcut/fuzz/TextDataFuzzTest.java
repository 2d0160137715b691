package io.github.deepcut.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.deepcut.data.ForgetRequest;
import io.github.deepcut.data.Table;
import io.github.deepcut.data.TaggedSentence;
import io.github.deepcut.data.Task;
import io.github.deepcut.data.TextLines;
import io.github.deepcut.data.read.DatasetReader;
import java.nio.file.Path;
import java.util.List;

/** Texts that are read line by line, without DuckDB. */
class TextDataFuzzTest {
  @FuzzTest
  void conll(byte[] bytes) {
    sentences(Scratch.file("x.conll", bytes));
  }

  @FuzzTest
  void gzip(byte[] bytes) {
    sentences(Scratch.file("x.conll.gz", bytes));
  }

  private static void sentences(Path file) {
    Refusal.none(
        () -> {
          Table table = DatasetReader.read(file, Task.NER);
          assertThat(table.dataset().examples())
              .isNotEmpty()
              .allMatch(
                  e -> ((TaggedSentence) e).words().size() == ((TaggedSentence) e).tags().size());
          assertThat(table.extras()).allMatch(column -> column.values().size() == table.size());
          assertThat(table.dataset().labels()).isNotEmpty();
          table.dataset().labels().forEach(tag -> new ForgetRequest.WholeClass(tag));
        });
  }

  @FuzzTest
  void lines(byte[] bytes) {
    Path file = Scratch.file("x.txt", bytes);
    Refusal.none(() -> TextLines.read(file, line -> assertThat(line).isNotBlank()));
  }

  @FuzzTest
  void forgetIds(byte[] bytes) {
    Path file = Scratch.file("ids.txt", bytes);
    Table known = DatasetReader.read(Path.of("src/test/resources/known.conll"), Task.NER);
    Refusal.none(
        () -> {
          List<String> ids = ForgetRequest.Ids.fromFile(file).ids();
          assertThat(new ForgetRequest.Ids(ids).positions(known)).isNotEmpty();
        });
  }
}
