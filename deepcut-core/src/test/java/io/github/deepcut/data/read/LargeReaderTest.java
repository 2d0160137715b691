package io.github.deepcut.data.read;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.deepcut.data.Dataset;
import io.github.deepcut.data.DuckDb;
import io.github.deepcut.data.Example;
import io.github.deepcut.data.ForgetRequest;
import io.github.deepcut.data.ForgetRequest.Ids;
import io.github.deepcut.data.ForgetRequest.Where;
import io.github.deepcut.data.ForgetRequest.WholeClass;
import io.github.deepcut.data.ForgetSplit;
import io.github.deepcut.data.LabeledText;
import io.github.deepcut.data.RowFile;
import io.github.deepcut.data.RowIndex;
import io.github.deepcut.data.SourceFile;
import io.github.deepcut.data.StoredExamples;
import io.github.deepcut.data.Table;
import io.github.deepcut.data.Task;
import io.github.deepcut.data.TestFiles;
import io.github.deepcut.run.InputException;
import io.github.deepcut.run.Scratch;
import io.github.deepcut.run.Unchanged;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is read from disk row by row is what would have been held in memory. */
class LargeReaderTest {
  private static final String TEXTS =
      """
      {"id": "a", "text": "win 1.50 é 😀\\n", "label": "spam", "age": 41, "sent": "2024-01-05"}\r
      \r
      {"id": "b", "text": "it's \\u00e9", "label": "ham", "sent": "2024-02-05", "x": {"text": 1}}

      {"id": "c", "text": "", "label": 3, "age": 7, "text_pair": "p"}
      {"id": 4, "text": true, "label": "spam", "text_pair": null}\
      """;

  private static final String SENTENCES =
      """
      {"tokens": ["Breast", "cancer", "é"], "tags": ["B-D", "I-D", "O"], "journal": "Nature"}
      {"tokens": ["", "rarely"], "tags": ["O", "O"], "journal": "Cell"}
      {"tokens": ["Oslo", "a", "b", "c"], "tags": ["I-L", "B-D", "B-D", "I-D"]}
      {"tokens": ["a", "b", "c", "d"], "tags": ["B-D", "E-D", "I-D", "I-L"]}
      {"tokens": ["a", "b", "c", "d"], "tags": ["S-D", "U-D", "L-D", "I-D"]}
      {"tokens": ["a", "b", "c"], "tags": ["I-D", "O", "I-D"]}
      """;

  @TempDir Path folder;

  private Path write(String name, String text) {
    return TestFiles.bytes(folder, name, text.getBytes(UTF_8));
  }

  private static Table small(Path file, Task task) {
    return DatasetReader.read(file, task, Long.MAX_VALUE);
  }

  private static Table large(Path file, Task task) {
    Table table = DatasetReader.read(file, task, 0);
    assertThat(table.dataset().examples()).isInstanceOf(StoredExamples.class);
    return table;
  }

  private static void assertSame(Path file, Task task) {
    Table small = small(file, task);
    Table large = large(file, task);
    assertThat(large.dataset().examples()).isEqualTo(small.dataset().examples());
    assertThat(large.rawIds()).isEqualTo(small.rawIds());
    assertThat(large.dataset().labels()).isEqualTo(small.dataset().labels());
    for (int i = 0; i < small.size(); i++) {
      assertThat(large.dataset().labels(i)).hasSameElementsAs(small.dataset().labels(i));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.jsonl", "a.jsonl.gz", "a.json", "a[1]*?.jsonl", "it's.jsonl"})
  void rowsAreTheSame(String name) {
    assertSame(write(name, TEXTS), Task.CLASSIFY);
    assertSame(write("ner" + name, SENTENCES), Task.NER);
  }

  @Test
  void whatIsNotOneObjectALineIsCopiedFirst() throws SQLException, IOException {
    assertSame(
        write("a.jsonl", "{\"text\":\n \"a\", \"label\": 1}\n{\"text\": \"b\", \"label\": 2}"),
        Task.CLASSIFY);
    assertSame(write("b.jsonl", "{\"text\": 1.50, \"label\": \"x\", \"id\": 7.25}"), Task.CLASSIFY);
    assertSame(write("c.csv", "id,text,label\nx,\"a\nb\",1\ny,c,2\n"), Task.CLASSIFY);
    assertSame(write("d.tsv.gz", "text\tlabel\na\tb\nc\td\n"), Task.CLASSIFY);
    Path parquet = folder.resolve("e.parquet");
    try (var connection = DuckDb.open();
        var statement = connection.createStatement()) {
      statement.execute(
          "COPY (SELECT 7 id, ['Ada', ''] tokens, ['B-P', 'O'] tags UNION ALL SELECT 8, ['a'],"
              + " ['O']) TO "
              + DuckDb.literal(parquet.toString()));
    }
    assertSame(parquet, Task.NER);
    assertSameSplit(parquet, Task.NER, new Where("id LIKE '7%' AND entities = ['Ada']"));
    try (Stream<Path> left = Files.list(Scratch.folder())) {
      assertThat(left).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "label = 'spam'",
        "age > 40 AND sent < DATE '2024-02-01'",
        "text LIKE '%it''s%' -- a remark",
        "id IN ('b', '4')",
        "position = 1 OR (LABEL = '3')",
        "text_pair = 'p'",
        "length(text) = (SELECT max(length(text)) FROM data)",
      })
  void aConditionChoosesTheSameTexts(String condition) {
    for (String name : List.of("a.jsonl", "b[1]*?.jsonl", "it's.jsonl.gz")) {
      assertSameSplit(write(name, TEXTS), Task.CLASSIFY, new Where(condition));
    }
    Path here = Path.of("").toAbsolutePath();
    assertSameSplit(here.relativize(write("c.jsonl", TEXTS)), Task.CLASSIFY, new Where(condition));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "list_contains(entities, 'Breast cancer')",
        "list_contains(entities, 'b c')",
        "list_contains(entities, 'a b')",
        "len(entities) = 4",
        "len(entities) = 2 AND entities[2] = 'c'",
        "len(entities) = 0",
        "entities = ['a b', 'c', 'd']",
        "text = ' rarely'",
        "id = '2'",
        "journal = 'Nature'",
        "list_contains(tags, 'B-D')",
      })
  void aConditionChoosesTheSameSentences(String condition) {
    assertSameSplit(write("a.jsonl", SENTENCES), Task.NER, new Where(condition));
  }

  private static void assertSameSplit(Path file, Task task, ForgetRequest request) {
    ForgetSplit small = request.split(small(file, task));
    ForgetSplit large = request.split(large(file, task));
    assertThat(large.forget()).isEqualTo(small.forget());
    assertThat(large.retain()).isEqualTo(small.retain());
    assertThat(large.forgetSet().examples()).isEqualTo(small.forgetSet().examples());
    assertThat(large.retainSet()).isEqualTo(small.retainSet());
    assertThat(large.describe()).isEqualTo(small.describe());
  }

  @Test
  void idsAndClassesChooseTheSame() {
    Path texts = write("a.jsonl", TEXTS);
    assertSameSplit(texts, Task.CLASSIFY, new Ids(List.of("4", "a")));
    assertSameSplit(texts, Task.CLASSIFY, new WholeClass("spam"));
    Path sentences = write("b.jsonl", SENTENCES);
    assertSameSplit(sentences, Task.NER, new Ids(List.of("5", "0")));
    assertSameSplit(sentences, Task.NER, new WholeClass("L"));
    assertSameError(texts, Task.CLASSIFY, t -> new Ids(List.of("a", "9", "0")).split(t));
    assertSameError(sentences, Task.NER, t -> new Ids(List.of("6", "01")).split(t));
    assertSameError(sentences, Task.NER, t -> new WholeClass("B-D").split(t));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1=1) UNION SELECT 2 WHERE (1=1",
        "EXISTS (SELECT * FROM read_csv('/etc/passwd'))",
        "EXISTS (FROM '/etc/passwd')",
        "text = (SELECT content FROM read_text('/etc/passwd'))",
        "position IN (SELECT 1 FROM glob('/*'))",
        "colour = 'red'",
        "label = 'none'",
        "true",
      })
  void aConditionIsRefusedAlike(String condition) {
    assertSameError(
        write("a.jsonl", TEXTS), Task.CLASSIFY, table -> new Where(condition).split(table));
  }

  private interface Use {
    void of(Table table);
  }

  private static void assertSameError(Path file, Task task, Use use) {
    Throwable small = catchThrowable(() -> use.of(small(file, task)));
    assertThatThrownBy(() -> use.of(DatasetReader.read(file, task, 0)))
        .isInstanceOf(InputException.class)
        .hasMessage(small.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'text': 'a', 'label': 'x'};{'text': 'b'}",
        "{'text': 'a', 'label': 'x'};{'text': null, 'label': 'x'}",
        "{'text': 'a', 'label': 'x'};{'text': 'b', 'label'",
        "{'text': 'a', 'label': 'x'};nonsense",
        "{'text': 'a', 'label': 0.5}",
        "{'text': 'a', 'topic': 'b'}",
        "{'text': {'a': 1}, 'label': 'x'}",
        "{'id': 7, 'text': 'a', 'label': 'x'};{'text': 'b', 'label': 'x'}",
        "{'id': 7, 'text': 'a', 'label': 'x'};{'id': 8, 'text': 'b', 'label': 'x'};"
            + "{'id': '8', 'text': 'b', 'label': 'x'};{'id': 7, 'text': 'b', 'label': 'x'}",
      })
  void whatIsWrongWithTextsIsSaidAlike(String lines) {
    assertSameError(
        write("a.jsonl", lines.replace('\'', '"').replace(';', '\n')), Task.CLASSIFY, t -> {});
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'tokens': ['a'], 'tags': []}",
        "{'tokens': [], 'tags': []}",
        "{'tokens': ['a', null], 'tags': ['O', 'O']}",
        "{'tokens': null, 'tags': ['O']}",
        "{'tokens': ['a'], 'tags': [3]}",
        "{'tokens': ['a'], 'x': [3]}",
      })
  void whatIsWrongWithSentencesIsSaidAlike(String line) {
    assertSameError(write("a.jsonl", line.replace('\'', '"')), Task.NER, t -> {});
  }

  @Test
  void aLargeSelectionStaysOnDiskAndASmallOneIsRead() {
    int n = StoredExamples.HELD + 20;
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < n; i++) {
      lines.append("{\"text\": \"t%d\", \"label\": \"%s\"}%n".formatted(i, i % 3));
    }
    Dataset data = large(write("a.jsonl", lines.toString()), Task.CLASSIFY).dataset();
    int[] odd = IntStream.range(0, n).filter(i -> i != 1).toArray();
    Dataset most = data.select(odd);
    assertThat(most.examples()).isInstanceOf(StoredExamples.class).hasSize(n - 1);
    assertThat(most.examples().get(1)).isEqualTo(new LabeledText("2", "t2", null, "2"));
    assertThat(most.labels(1)).containsExactly("2");
    Dataset two = most.select(new int[] {1, 0});
    assertThat(two.examples()).isNotInstanceOf(StoredExamples.class);
    assertThat(two.examples()).extracting(Example::id).containsExactly("2", "0");
    assertThat(most.select(IntStream.range(1, n - 1).toArray()).examples().get(1).id())
        .isEqualTo("3");
    assertThat(new Where("text = 't2'").split(Table.of(most)).forget()).containsExactly(1);
    assertThat(new Ids(List.of("2")).split(Table.of(most)).forget()).containsExactly(1);
  }

  @Test
  void rowsBehindTwoGibibytesAreRead() throws IOException {
    long start = (2L << 30) + 10;
    byte[] row = "{\"text\": \"far\", \"label\": \"x\"}\n".getBytes(UTF_8);
    Path file = folder.resolve("sparse.jsonl");
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.seek(start);
      sparse.write(row);
    }
    SourceFile source = SourceFile.of(file);
    RowIndex index = new RowIndex(source, Task.CLASSIFY, false);
    assertThat(index.read(new ByteArrayInputStream(row), start)).isTrue();
    RowFile rows =
        new RowFile(
            source,
            Task.CLASSIFY,
            new RowFile.Opened(FileChannel.open(file), Unchanged.of(List.of(file))),
            index);
    assertThat(rows.read(0)).isEqualTo(new LabeledText("0", "far", null, "x"));
  }

  @Test
  void aFileThatChangesUnderwayIsNoticed() throws IOException {
    Path file = write("a.jsonl", TEXTS);
    Table table = large(file, Task.CLASSIFY);
    Files.writeString(file, "{}");
    assertThatThrownBy(() -> table.dataset().examples().get(1))
        .isInstanceOf(InputException.class)
        .hasMessage(file + ": was changed while it was in use: nothing was written, start again");
  }
}
