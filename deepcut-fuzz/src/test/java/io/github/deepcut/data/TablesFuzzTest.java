package io.github.deepcut.data;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.deepcut.data.read.DatasetReader;
import io.github.deepcut.fuzz.Refusal;
import io.github.deepcut.fuzz.Scratch;
import java.nio.file.Path;

/** Tables, by way of DuckDB: as small files, and as ones that stay on disk. */
public class TablesFuzzTest {
  private static void read(String name, byte[] bytes, Task task) {
    Path file = Scratch.file(name, bytes);
    Refusal.none(() -> look(DatasetReader.read(file, task, Long.MAX_VALUE)));
    Refusal.none(() -> look(DatasetReader.read(file, task, 0)));
  }

  private static void look(Table table) {
    assertThat(table.size()).isPositive();
    assertThat(table.dataset().examples()).hasSize(table.size()).doesNotContainNull();
    assertThat(table.rawIds()).hasSize(table.size());
    Refusal.none(
        () ->
            assertThat(new ForgetRequest.Where("position = 0").positions(table))
                .containsExactly(0));
  }

  @FuzzTest
  void jsonl(byte[] bytes) {
    read("x.jsonl", bytes, Task.CLASSIFY);
  }

  @FuzzTest
  void jsonlTagged(byte[] bytes) {
    read("x.jsonl", bytes, Task.NER);
  }

  @FuzzTest
  void json(byte[] bytes) {
    read("x.json", bytes, Task.CLASSIFY);
  }

  @FuzzTest
  void csv(byte[] bytes) {
    read("x.csv", bytes, Task.CLASSIFY);
  }

  @FuzzTest
  void tsv(byte[] bytes) {
    read("x.tsv", bytes, Task.CLASSIFY);
  }

  @FuzzTest
  void parquet(byte[] bytes) {
    read("x.parquet", bytes, Task.CLASSIFY);
  }

  /** Lines of JSON Lines without DuckDB. */
  @FuzzTest
  void jsonLine(byte[] bytes) {
    RawRow row = RawRow.parse(bytes, 0, bytes.length);
    if (row != null) {
      for (Task task : new Task[] {Task.CLASSIFY, Task.NER}) {
        Refusal.none(() -> row.example(task, io.github.deepcut.run.InputException::new));
      }
    }
  }
}
