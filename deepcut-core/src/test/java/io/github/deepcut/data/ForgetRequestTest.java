package io.github.deepcut.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deepcut.data.ForgetRequest.Ids;
import io.github.deepcut.data.ForgetRequest.Where;
import io.github.deepcut.data.ForgetRequest.WholeClass;
import io.github.deepcut.data.read.DatasetReader;
import io.github.deepcut.run.InputException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForgetRequestTest {
  @TempDir Path folder;
  private Table sms;
  private Table abstracts;

  @BeforeEach
  void write() {
    sms =
        DatasetReader.read(
            TestFiles.write(
                folder,
                "sms.csv",
                "id,text,label,age,sent",
                "a,win now,spam,41,2024-01-05",
                "b,see you,ham,,2024-02-05",
                "c,it's me,ham,7,2024-03-05",
                "d,win more,spam,60,2024-04-05"),
            Task.CLASSIFY);
    abstracts =
        DatasetReader.read(
            TestFiles.write(
                folder,
                "abstracts.tsv",
                "# id=9 Journal=Nature",
                "Breast\tB-Disease",
                "cancer\tI-Disease",
                "",
                "rarely\tO",
                "",
                "# id=10 Journal=Cell",
                "Oslo\tB-LOC",
                "flu\tB-Disease"),
            Task.NER);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "label = 'spam'|0 3",
        "age > 40 AND sent < DATE '2024-02-01'|0",
        "text LIKE '%it''s%' -- a remark|2",
        "id IN ('b', 'd')|1 3",
        "position = 1 OR (label = 'ham')|1 2",
        "length(text) = (SELECT max(length(text)) FROM data)|3",
      })
  void aConditionChoosesTexts(String condition, String expected) {
    assertThat(positions(new Where(condition).split(sms).forget())).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "list_contains(entities, 'Breast cancer')|0",
        "text ILIKE '%cancer%'|0",
        "journal = 'Nature'|0 1",
        "id = '9'|0 1",
        "list_contains(tokens, 'flu') AND list_contains(tags, 'B-LOC')|2",
      })
  void aConditionChoosesSentences(String condition, String expected) {
    assertThat(positions(new Where(condition).split(abstracts).forget())).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1=1) UNION SELECT 2 WHERE (1=1",
        "1=1) OR (2=2",
        "1=1); DROP TABLE data; SELECT 1 WHERE (1=1",
        "1=1; DROP TABLE data",
        "label = 'x') GROUP BY (position",
        "1=1 UNION SELECT 0",
        "age IS NULL;",
        "1=1 ORDER BY label",
        "SELECT true",
        "true, false",
        "1=1 /*",
        "",
        "label = 'spam",
        "EXISTS (SELECT * FROM read_csv('/etc/passwd'))",
        "EXISTS (FROM '/etc/passwd')",
        "text = (SELECT content FROM read_text('/etc/passwd'))",
        "position IN (SELECT 1 FROM glob('/*'))",
        "colour = 'red'",
        "age = 'abc'",
      })
  void whatIsNoConditionOverTheTableIsRefused(String condition) {
    assertThatThrownBy(() -> new Where(condition).split(sms))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("condition \"" + condition + "\": ")
        .hasMessageEndingWith("; the columns are: position, id, text, text_pair, label, age, sent")
        .hasMessageNotContaining("\n");
  }

  @Test
  void theTwoPartsMakeTheWhole() {
    ForgetSplit split = new Where("label = 'spam'").split(sms);
    assertThat(split.retain()).containsExactly(1, 2);
    assertThat(split.forgetSet().examples().get(1).id()).isEqualTo("d");
    assertThat(split.retainSet().size()).isEqualTo(2);
    assertThat(split.describe())
        .isEqualTo("forget 2 of the 4 examples of sms.csv: the examples where label = 'spam'");
  }

  @Test
  void nothingAndEverythingAreRefused() {
    assertThatThrownBy(() -> new Where("age > 1000").split(sms))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "nothing to forget: sms.csv has 4 examples, none of them among the examples where age >"
                + " 1000");
    assertThatThrownBy(() -> new Where("true").split(sms))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("nothing would remain: sms.csv has 4 examples");
  }

  @Test
  void idsAreTakenFromAFile() {
    Path file = TestFiles.write(folder, "ids.txt", "d", "", " b ");
    assertThat(Ids.fromFile(file).split(sms).forget()).containsExactly(1, 3);
    Path blank = TestFiles.write(folder, "none.txt", " ");
    assertThatThrownBy(() -> Ids.fromFile(blank))
        .isInstanceOf(InputException.class)
        .hasMessage("none.txt: it holds no id");
    Path latin = TestFiles.bytes(folder, "l.txt", new byte[] {'a', '\n', (byte) 0xE9, '\n'});
    assertThatThrownBy(() -> Ids.fromFile(latin))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("l.txt: cannot be read: ");
  }

  @Test
  void theIdOfADocumentStandsForItsSentences() {
    assertThat(new Ids(List.of("9")).split(abstracts).forget()).containsExactly(0, 1);
    assertThat(new Ids(List.of("9#1", "10")).split(abstracts).forget()).containsExactly(1, 2);
  }

  @Test
  void unknownIdsAreListed() {
    assertThatThrownBy(() -> new Ids(List.of("a", "w", "x", "y", "z")).split(sms))
        .isInstanceOf(InputException.class)
        .hasMessage("4 of 5 ids are not in sms.csv: w, x, y and 1 more");
  }

  @Test
  void aClassIsALabelOrATypeOfEntity() {
    assertThat(new WholeClass("ham").split(sms).forget()).containsExactly(1, 2);
    assertThat(new WholeClass("LOC").split(abstracts).forget()).containsExactly(2);
    assertThatThrownBy(() -> new WholeClass("B-LOC").split(abstracts))
        .isInstanceOf(InputException.class)
        .hasMessage("abstracts.tsv has no class 'B-LOC'; it has: Disease, LOC");
  }

  @Test
  void aHundredThousandRowsAreSearched() {
    List<Example> rows =
        IntStream.range(0, 100_000)
            .<Example>mapToObj(
                i ->
                    new TaggedSentence(
                        "s" + i, List.of("word", "w" + i % 100), List.of("O", "B-X")))
            .toList();
    Table table = Table.of(new Dataset(Task.NER, "many", rows));
    assertThat(new Where("list_contains(entities, 'w7')").split(table).forget()).hasSize(1000);
  }

  private static String positions(int[] positions) {
    return IntStream.of(positions)
        .mapToObj(Integer::toString)
        .reduce((a, b) -> a + " " + b)
        .orElse("");
  }
}
