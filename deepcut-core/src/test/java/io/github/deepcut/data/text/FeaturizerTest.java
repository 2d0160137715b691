package io.github.deepcut.data.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deepcut.data.Dataset;
import io.github.deepcut.data.Example;
import io.github.deepcut.data.LabeledText;
import io.github.deepcut.data.LazySequences;
import io.github.deepcut.data.Sequence;
import io.github.deepcut.data.TaggedSentence;
import io.github.deepcut.data.Task;
import io.github.deepcut.run.InputException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeaturizerTest {
  @TempDir Path folder;
  private Tokenizer tokenizer;

  @BeforeEach
  void load() {
    tokenizer = Tokenizer.load(Vocabularies.wordPiece(folder, "a", "##b", "c"), null);
  }

  @AfterEach
  void close() {
    tokenizer.close();
  }

  private List<Sequence> encode(int maxLength, List<String> labels, Example... examples) {
    Task task = examples[0] instanceof LabeledText ? Task.CLASSIFY : Task.NER;
    Dataset data = new Dataset(task, "train.csv", List.of(examples));
    return new Featurizer(tokenizer, labels, maxLength).encode(data);
  }

  @Test
  void aTextIsOneRowWithOneItem() {
    List<Sequence> rows =
        encode(
            5,
            List.of("ham", "spam"),
            new LabeledText("x", "a c", null, "spam"),
            new LabeledText("y", "ab ab c", null, null));
    assertThat(rows).hasSize(2);
    assertThat(rows.get(0).ids()).containsExactly(2, 5, 7, 3);
    assertThat(rows.get(0).positions()).containsExactly(0);
    assertThat(rows.get(0).words()).containsExactly(0);
    assertThat(rows.get(0).labels()).containsExactly(1);
    assertThat(rows.get(1).example()).isEqualTo(1);
    assertThat(rows.get(1).ids()).containsExactly(2, 5, 6, 5, 3);
    assertThat(rows.get(1).labels()).containsExactly(-1);
  }

  @Test
  void lazyRowsAreTheEagerOnesAndTheirClassesAreKnownBefore() {
    List<String> labels = List.of("ham", "spam");
    Dataset data =
        new Dataset(
            Task.CLASSIFY,
            "train.csv",
            List.of(
                new LabeledText("x", "a c", null, "spam"),
                new LabeledText("y", "ab ab c", "c", "ham")));
    Featurizer featurizer = new Featurizer(tokenizer, labels, 5);
    List<Sequence> lazy = featurizer.lazy(data);
    assertThat(LazySequences.classes(lazy, 0)).containsExactly(1);
    assertThat(lazy)
        .usingRecursiveComparison()
        .isEqualTo(new java.util.ArrayList<>(featurizer.encode(data)));
    assertThat(lazy.get(1)).isSameAs(lazy.get(1));
    assertThatThrownBy(() -> new Featurizer(tokenizer, List.of("spam"), 5).lazy(data))
        .isInstanceOf(InputException.class)
        .hasMessage("train.csv: example y: label 'ham' is none of the model's: spam");
  }

  @Test
  void ofManySentencesToTagEachHasOneRow() {
    List<String> labels = List.of("O", "B-X");
    Example shortOne = new TaggedSentence("s", List.of("a", "c"), List.of("O", "B-X"));
    Example longOne =
        new TaggedSentence(
            "l", List.of("a", "c", "a", "c", "a", "c"), List.of("O", "O", "O", "O", "O", "B-X"));
    List<Example> few = List.of(longOne, shortOne);
    List<Example> many =
        java.util.Collections.nCopies(10_001, few).stream().flatMap(List::stream).toList();
    Featurizer featurizer = new Featurizer(tokenizer, labels, 6);
    List<Sequence> eager = featurizer.encode(new Dataset(Task.NER, "few", few));
    assertThat(eager.size()).isGreaterThan(2);
    assertThat(featurizer.lazy(new Dataset(Task.NER, "few", few)))
        .usingRecursiveComparison()
        .isEqualTo(eager);
    List<Sequence> lazy = featurizer.lazy(new Dataset(Task.NER, "many", many));
    assertThat(lazy).hasSize(20_002);
    assertThat(lazy.get(0)).usingRecursiveComparison().isEqualTo(eager.get(0));
    assertThat(lazy.get(1).ids()).isEqualTo(eager.get(eager.size() - 1).ids());
    assertThat(lazy.get(20_001).example()).isEqualTo(20_001);
    assertThat(LazySequences.classes(lazy, 0)).contains(0, 1);
  }

  @Test
  void aWordIsLabelledAtItsFirstPiece() {
    Sequence row =
        encode(
                32,
                List.of("O", "B-X"),
                new TaggedSentence("0", List.of("abb", "c", ""), List.of("B-X", "O", "B-X")))
            .get(0);
    assertThat(row.ids()).containsExactly(2, 5, 6, 6, 7, 1, 3);
    assertThat(row.types()).hasSize(7).containsOnly(0);
    assertThat(row.positions()).containsExactly(1, 4, 5);
    assertThat(row.words()).containsExactly(0, 1, 2);
    assertThat(row.labels()).containsExactly(1, 0, 1);
  }

  @Test
  void aLongSentenceIsCutIntoWindowsThatShareHalf() {
    // 12 words of one piece, 8 to a window: words 0-7 and 4-11; words 4 and 5 have more before
    // them in the first window, 6 and 7 more after them in the second.
    List<Sequence> rows =
        encode(
            10,
            List.of("O"),
            new TaggedSentence("0", Collections.nCopies(12, "a"), Collections.nCopies(12, "O")));
    assertThat(rows).hasSize(2);
    assertThat(rows.get(0).words()).containsExactly(0, 1, 2, 3, 4, 5);
    assertThat(rows.get(0).positions()).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(rows.get(1).words()).containsExactly(6, 7, 8, 9, 10, 11);
    assertThat(rows.get(1).positions()).containsExactly(3, 4, 5, 6, 7, 8);
    assertThat(rows.get(1).ids()).hasSize(10);
  }

  @Test
  void aWordLongerThanTheWindowLosesItsEnd() {
    List<Sequence> rows =
        encode(5, List.of(), new TaggedSentence("0", List.of("c", "abbbbbb", "c"), List.of()));
    assertThat(rows).hasSize(3);
    assertThat(rows.get(1).ids()).containsExactly(2, 5, 6, 6, 3);
    assertThat(rows.get(1).words()).containsExactly(1);
    assertThat(rows.get(1).labels()).containsExactly(-1);
  }

  @Test
  void anUnknownLabelIsNamed() {
    assertThatThrownBy(
            () -> encode(8, List.of("ham", "spam"), new LabeledText("x7", "a", null, "eggs")))
        .isInstanceOf(InputException.class)
        .hasMessage("train.csv: example x7: label 'eggs' is none of the model's: ham, spam");
    assertThatThrownBy(() -> new Featurizer(tokenizer, List.of(), 2))
        .hasMessage("maxLength 2: must be above 2");
  }
}
