package io.github.deepcut.data.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deepcut.data.Column;
import io.github.deepcut.data.Example;
import io.github.deepcut.data.Table;
import io.github.deepcut.data.TaggedSentence;
import io.github.deepcut.data.Task;
import io.github.deepcut.data.TestFiles;
import io.github.deepcut.run.InputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConllReaderTest {
  @TempDir Path folder;

  private Table read(String name, String... lines) {
    return DatasetReader.read(TestFiles.write(folder, name, lines), Task.NER);
  }

  private static TaggedSentence sentence(Table table, int position) {
    return (TaggedSentence) table.dataset().examples().get(position);
  }

  private static Column extra(Table table, String name) {
    return table.extras().stream().filter(c -> c.name().equals(name)).findFirst().orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.conll", "a.bio", "a.tsv", "a.iob", "a.txt", "a.conll.gz", "A.TSV.GZ"})
  void everyExtensionHoldsColumns(String name) {
    Table table = read(name.replace(".GZ", ".gz"), "Ada\tB-PER", "sings\tO", "", "Oslo\tB-LOC");
    assertThat(table.dataset().examples())
        .containsExactly(
            new TaggedSentence("0", List.of("Ada", "sings"), List.of("B-PER", "O")),
            new TaggedSentence("1", List.of("Oslo"), List.of("B-LOC")));
    assertThat(table.rawIds()).containsExactly("0", "1");
    assertThat(table.extras()).isEmpty();
  }

  @Test
  void aTabLineKeepsEmptyAndBlankWords() {
    Table table = read("a.conll", "\tO", " \tO", "#\tO", "#tag\tB-X", "# x\tO", "a b\tO");
    assertThat(sentence(table, 0).words()).containsExactly("", " ", "#", "#tag", "# x", "a b");
  }

  @Test
  void aLineOfWhiteSpaceEndsASentenceWithOrWithoutTab() {
    Table table = read("a.conll", "a\tO", "  ", "b\tO", "\t", "c\tO", " \t ", "", "d\tO");
    assertThat(table.dataset().examples()).hasSize(4);
  }

  @Test
  void blanksSeparateWhereThereIsNoTab() {
    Table table = read("a.conll", "-DOCSTART- -X- O O", "", "EU  NNP I-NP B-ORG", "# NN I-NP O");
    assertThat(sentence(table, 0).words()).containsExactly("EU", "#");
    assertThat(sentence(table, 0).tags()).containsExactly("B-ORG", "O");
    assertThat(table.size()).isEqualTo(1);
  }

  @Test
  void commentsBecomeColumnsOfTheSentencesBelow() {
    Table table =
        read(
            "a.tsv",
            "before\tO",
            "",
            "# id=12 template_id=7",
            "# title = a = b",
            "a\tO",
            "",
            "b\tO",
            "# just prose",
            "# id=13 note=two words",
            "c\tO");
    assertThat(table.rawIds()).containsExactly("0", "12", "12", "13");
    assertThat(table.dataset().examples().stream().map(Example::id))
        .containsExactly("0", "12#0", "12#1", "13");
    assertThat(extra(table, "template_id").values()).containsExactly(null, "7", "7", null);
    assertThat(extra(table, "title").values()).containsExactly(null, "a = b", "a = b", null);
    assertThat(extra(table, "note").values()).containsExactly(null, null, null, "two words");
  }

  @Test
  void aByteOrderMarkAndCarriageReturnsAreNoPartOfWords() {
    Table table = read("a.conll", "\uFEFFa\tO\r", "\r", "b\tO\r");
    assertThat(sentence(table, 0).words()).containsExactly("a");
    assertThat(sentence(table, 1).tags()).containsExactly("O");
  }

  @Test
  void everyLineHasAsManyColumnsAsTheFirst() {
    assertThatThrownBy(() -> read("train.conll", "a\tx\ty\tO", "", "b\tx\tO"))
        .isInstanceOf(InputException.class)
        .hasMessage("train.conll:3: expected 4 columns, found 3");
    assertThatThrownBy(() -> read("train.conll", "a"))
        .hasMessage("train.conll:1: expected 2 columns, found 1");
  }

  @Test
  void aTagIsOOrHasAPrefixAndAType() {
    assertThatThrownBy(() -> read("a.conll", "a\tO", "b\tPER"))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("a.conll:2: tag 'PER' is neither O nor");
    assertThatThrownBy(() -> read("a.conll", "a\tB-")).hasMessageContaining("tag 'B-'");
    assertThat(read("b.conll", "a\tS-X", "b\tU-X", "c\tL-X", "d\tE-X").size()).isEqualTo(1);
  }

  @Test
  void aFileMustHoldSomethingReadable() {
    assertThatThrownBy(() -> read("a.conll.gz", "", "# id=3", ""))
        .isInstanceOf(InputException.class)
        .hasMessage("a.conll.gz: it holds no sentence");
    Path latin =
        TestFiles.bytes(folder, "l.conll", "a\tO\né\tO".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> DatasetReader.read(latin, Task.NER))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("l.conll: not UTF-8, after line ");
    Path packed = TestFiles.bytes(folder, "x.conll", "a\tO\n".getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> DatasetReader.read(packed, Task.CLASSIFY))
        .hasMessageContaining("x.conll: CoNLL columns hold tagged words");
  }

  @Test
  void anIdTakenByANumberedOneIsRefused() {
    assertThatThrownBy(() -> read("a.conll", "# id=a", "x\tO", "", "y\tO", "# id=a#1", "z\tO"))
        .isInstanceOf(InputException.class)
        .hasMessage("a.conll: id 'a#1' of row 3 was already used by row 2");
  }
}
