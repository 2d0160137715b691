package io.github.deepcut.data.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deepcut.data.DuckDb;
import io.github.deepcut.data.LabeledText;
import io.github.deepcut.data.Table;
import io.github.deepcut.data.TaggedSentence;
import io.github.deepcut.data.Task;
import io.github.deepcut.data.TestFiles;
import io.github.deepcut.run.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TabularReaderTest {
  private static final LabeledText FIRST = new LabeledText("x1", "2024-01-05", null, "3");
  private static final LabeledText SECOND = new LabeledText("x2", "say, \"hi\"", null, "-1");

  @TempDir Path folder;

  private Table classify(String name, String... lines) {
    return DatasetReader.read(TestFiles.write(folder, name, lines), Task.CLASSIFY);
  }

  private Table ner(String name, String... lines) {
    return DatasetReader.read(TestFiles.write(folder, name, lines), Task.NER);
  }

  private Path parquet(String name, String select) throws SQLException {
    Path file = folder.resolve(name);
    try (var connection = DuckDb.open();
        var statement = connection.createStatement()) {
      statement.execute(
          "COPY (" + select + ") TO " + DuckDb.literal(file.toString()) + " (FORMAT parquet)");
    }
    return file;
  }

  private static void assertBothRows(Table table) {
    assertThat(table.dataset().examples()).containsExactly(FIRST, SECOND);
    assertThat(table.extras()).hasSize(1);
    assertThat(table.extras().get(0).name()).isEqualTo("age");
    assertThat(table.extras().get(0).type()).isEqualTo("BIGINT");
    assertThat(table.extras().get(0).values()).containsExactly("41", null);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.csv", "a.csv.gz", "a[1]*?.csv", "it's.csv"})
  void readsCsvAsWritten(String name) {
    assertBothRows(
        classify(name, "id,text,label,age", "x1,2024-01-05,3,41", "x2,\"say, \"\"hi\"\"\",-1,"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.tsv", "a.tsv.gz"})
  void readsTsvForClassification(String name) {
    assertBothRows(
        classify(
            name,
            "id\ttext\tlabel\tage",
            "x1\t2024-01-05\t3\t41",
            "x2\t\"say, \"\"hi\"\"\"\t-1\t"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.jsonl", "a.jsonl.gz", "a.json", "a.json.gz"})
  void readsJsonLines(String name) {
    assertBothRows(
        classify(
            name,
            "{\"id\": \"x1\", \"text\": \"2024-01-05\", \"label\": 3, \"age\": 41}",
            "{\"id\": \"x2\", \"text\": \"say, \\\"hi\\\"\", \"label\": -1}"));
  }

  @Test
  void readsAJsonArrayWithPairsAndPositionsForIds() {
    Table table =
        classify(
            "a.json",
            "[{\"text\": \"a\", \"text_pair\": \"b\", \"label\": \"yes\"},",
            " {\"text\": \"\", \"text_pair\": null, \"label\": \"no\"}]");
    assertThat(table.dataset().examples())
        .containsExactly(
            new LabeledText("0", "a", "b", "yes"), new LabeledText("1", "", null, "no"));
  }

  @Test
  void readsParquetPlainAndPacked() throws SQLException, IOException {
    String rows =
        "SELECT * FROM (VALUES ('x1', '2024-01-05', 3, 41::BIGINT),"
            + " ('x2', 'say, \"hi\"', -1, NULL)) AS t(id, text, label, age)";
    Path plain = parquet("a.parquet", rows);
    assertBothRows(DatasetReader.read(plain, Task.CLASSIFY));
    Path packed = TestFiles.bytes(folder, "b.parquet.gz", Files.readAllBytes(plain));
    assertBothRows(DatasetReader.read(packed, Task.CLASSIFY));
  }

  @Test
  void readsTokensAndTags() throws SQLException {
    TaggedSentence ada =
        new TaggedSentence("0", List.of("Ada", "", "'s"), List.of("B-PER", "O", "O"));
    assertThat(
            ner(
                    "a.jsonl",
                    "{\"tokens\": [\"Ada\", \"\", \"'s\"], \"tags\": [\"B-PER\", \"O\", \"O\"]}")
                .dataset()
                .examples())
        .containsExactly(ada);
    Path file = parquet("a.parquet", "SELECT ['Ada', '', '''s'] tokens, ['B-PER', 'O', 'O'] tags");
    assertThat(DatasetReader.read(file, Task.NER).dataset().examples()).containsExactly(ada);
    assertThat(
            ner("a.csv", "tokens,tags", "\"['Ada', '', '\\'s']\",\"[B-PER, O, O]\"")
                .dataset()
                .examples())
        .containsExactly(ada);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "text,topic;a,b|no column 'label', which classify needs; it has: text, topic",
        "text,label;a,b;c,|row 2: 'label' is missing",
        "text,label;,b|row 1: 'text' is missing",
        "text,label;a,0.5|column 'label' holds DOUBLE, expected text or whole numbers",
        "id,text,label;7,a,x;8,b,x;7,c,y|id '7' of row 3 was already used by row 1",
        "id,text,label;7,a,x;,b,x|row 2: 'id' is missing",
        "text,label|it holds no rows",
      })
  void saysWhatIsWrongWithACsv(String lines, String message) {
    assertThatThrownBy(() -> classify("a.csv", lines.split(";")))
        .isInstanceOf(InputException.class)
        .hasMessage("a.csv: " + message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'tokens': ['a'], 'tags': []}|row 1: 1 tokens but 0 tags",
        "{'tokens': [], 'tags': []}|row 1: no tokens",
        "{'tokens': ['a', null], 'tags': ['O', 'O']}|row 1: item 2 of 'tokens' is missing",
        "{'tokens': null, 'tags': ['O']}|row 1: 'tokens' is missing",
        "{'tokens': ['a'], 'tags': ['3']}|row 1: tag '3' is neither O nor B-, I-, E-, S-, L- or U-"
            + " with a type",
        "{'tokens': ['a'], 'tags': [3]}|column 'tags' holds numbers, and neither the file's features"
            + " nor a dataset_info.json beside it name them",
        "{'tokens': ['a'], 'x': [3]}|no column 'tags', which ner needs; it has: tokens, x",
      })
  void saysWhatIsWrongWithASentence(String line, String message) {
    assertThatThrownBy(() -> ner("a.jsonl", line.replace('\'', '"')))
        .isInstanceOf(InputException.class)
        .hasMessage("a.jsonl: " + message);
  }

  @Test
  void brokenFilesGiveOneLine() {
    assertThatThrownBy(() -> classify("a.jsonl", "{\"text\": \"a\", \"label\"", "nonsense"))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("a.jsonl: ")
        .hasMessageNotContaining("\n");
    assertThatThrownBy(() -> classify("a.parquet", "no parquet"))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("a.parquet: ")
        .hasMessageNotContaining("\n");
    assertThatThrownBy(() -> classify("b.csv", "text,label", "a,b,c,d"))
        .isInstanceOf(InputException.class)
        .hasMessageNotContaining("\n");
  }

  @Test
  void missingFoldersAndUnknownExtensionsAreNamed() {
    Path missing = folder.resolve("none.csv");
    assertThatThrownBy(() -> DatasetReader.read(missing, Task.NER))
        .isInstanceOf(InputException.class)
        .hasMessage(missing + ": no such file, or it cannot be read");
    assertThatThrownBy(() -> DatasetReader.read(folder, Task.NER))
        .hasMessage(folder + " is a folder, expected a file");
    assertThatThrownBy(() -> classify("a.xlsx", "x"))
        .hasMessageStartingWith("a.xlsx: unknown extension 'xlsx', expected .conll,");
    Path empty = TestFiles.bytes(folder, "empty.csv", new byte[0]);
    assertThatThrownBy(() -> DatasetReader.read(empty, Task.CLASSIFY))
        .hasMessage("empty.csv: the file is empty");
  }
}
