package io.github.deepcut.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deepcut.data.read.DatasetReader;
import io.github.deepcut.run.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Classes as numbers, as HuggingFace's datasets write them. */
class ClassNamesTest {
  private static final String FEATURES =
      "{\"features\": {\"tokens\": {\"feature\": {\"dtype\": \"string\"}}, \"ner_tags\": {\"feature\":"
          + " {\"names\": [\"O\", \"B-PER\", \"I-PER\"], \"_type\": \"ClassLabel\"}, \"_type\":"
          + " \"Sequence\"}, \"label\": {\"names\": [\"no\", \"yes\"], \"_type\": \"ClassLabel\"}}}";

  @TempDir Path folder;

  private Path parquet(String rows, String features) throws SQLException {
    Path file = folder.resolve("data.parquet");
    try (var connection = DuckDb.open();
        var statement = connection.createStatement()) {
      statement.execute(
          "COPY (%s) TO %s (FORMAT parquet, KV_METADATA {huggingface: %s})"
              .formatted(
                  rows,
                  DuckDb.literal(file.toString()),
                  DuckDb.literal("{\"info\": " + features + "}")));
    }
    return file;
  }

  private static List<Example> sentences(Path file) {
    return DatasetReader.read(file, Task.NER).dataset().examples();
  }

  @Test
  void ofParquet() throws SQLException {
    Path file =
        parquet(
            "SELECT ['Ada', 'Byron', 'wrote'] AS tokens, [1, 2, 0]::TINYINT[] AS ner_tags, 'p1' AS who",
            FEATURES);
    Table table = DatasetReader.read(file, Task.NER);
    TaggedSentence sentence = (TaggedSentence) table.dataset().examples().get(0);
    assertThat(sentence.tags()).containsExactly("B-PER", "I-PER", "O");
    assertThat(table.extras()).extracting(Column::name).containsExactly("who");
    var request = new ForgetRequest.Where("list_contains(entities, 'Ada Byron')");
    assertThatThrownBy(() -> request.split(table)).hasMessageContaining("all"); // nothing is left
  }

  @Test
  void ofLabels() throws SQLException {
    Path file = parquet("SELECT unnest(['a', 'b']) AS text, unnest([1, 0]) AS label", FEATURES);
    assertThat(DatasetReader.read(file, Task.CLASSIFY).dataset().examples())
        .extracting(e -> ((LabeledText) e).label())
        .containsExactly("yes", "no");
  }

  @Test
  void namedBesideTheFile() throws IOException {
    Path file = folder.resolve("data.jsonl");
    Files.writeString(file, "{\"tokens\": [\"Ada\", \"wrote\"], \"ner_tags\": [1, 0]}\n");
    assertThatThrownBy(() -> sentences(file))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("column 'tags' holds numbers, and neither the file's features nor");
    Files.writeString(folder.resolve("dataset_info.json"), FEATURES);
    assertThat(((TaggedSentence) sentences(file).get(0)).tags()).containsExactly("B-PER", "O");
  }

  @Test
  void aNumberWithoutNameIsRefused() throws SQLException {
    Path file = parquet("SELECT ['Ada'] AS tokens, [7] AS ner_tags", FEATURES);
    assertThatThrownBy(() -> sentences(file))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("column 'ner_tags' holds 7, expected 0 to 2, as its features say");
  }

  @Test
  void tagsThatAreTextsMayHaveThatNameToo() throws IOException {
    Path file = folder.resolve("data.jsonl");
    Files.writeString(file, "{\"tokens\": [\"Ada\"], \"ner_tags\": [\"B-PER\"]}\n");
    assertThat(((TaggedSentence) sentences(file).get(0)).tags()).containsExactly("B-PER");
  }
}
