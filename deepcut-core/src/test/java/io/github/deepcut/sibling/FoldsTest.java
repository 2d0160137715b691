package io.github.deepcut.sibling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deepcut.data.Column;
import io.github.deepcut.data.Dataset;
import io.github.deepcut.data.Example;
import io.github.deepcut.data.LabeledText;
import io.github.deepcut.data.Table;
import io.github.deepcut.data.TaggedSentence;
import io.github.deepcut.data.Task;
import io.github.deepcut.run.InputException;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FoldsTest {
  private static Table texts(int n) {
    List<Example> rows =
        IntStream.range(0, n)
            .<Example>mapToObj(i -> new LabeledText("" + i, "text " + i, null, "l" + i % 4))
            .toList();
    List<String> people =
        IntStream.range(0, n).mapToObj(i -> i < 40 ? "ann" : "p" + i / 3).toList();
    return new Table(
        new Dataset(Task.CLASSIFY, "texts", rows),
        IntStream.range(0, n).mapToObj(Integer::toString).toList(),
        List.of(new Column("person", "VARCHAR", people)));
  }

  private static int sum(List<BitSet> without) {
    return without.stream().mapToInt(BitSet::cardinality).sum();
  }

  @Test
  void everyRowIsOutOfOneSiblingARound() {
    List<BitSet> without = new Folds(10, 2, 1).without(Units.of("row", texts(203), 1));
    assertThat(without).hasSize(20);
    for (int round = 0; round < 2; round++) {
      BitSet all = new BitSet();
      List<BitSet> its = without.subList(10 * round, 10 * round + 10);
      its.forEach(all::or);
      assertThat(all.cardinality()).isEqualTo(203);
      assertThat(sum(its)).isEqualTo(203);
      assertThat(its).allSatisfy(out -> assertThat(out.cardinality()).isBetween(20, 21));
    }
    assertThat(without.subList(0, 10)).doesNotContainAnyElementsOf(without.subList(10, 20));
    assertThat(new Folds(10, 2, 1).without(Units.of("row", texts(203), 1))).isEqualTo(without);
    assertThat(new Folds(10, 2, 2).without(Units.of("row", texts(203), 1))).isNotEqualTo(without);
  }

  @Test
  void aPersonIsOutWhole() {
    Table table = texts(200);
    List<String> people = table.extras().get(0).values();
    List<BitSet> without = new Folds(5, 1, 1).without(Units.of("person", table, 1));
    assertThat(sum(without)).isEqualTo(200);
    for (BitSet out : without) {
      List<String> gone = out.stream().mapToObj(people::get).distinct().toList();
      assertThat(IntStream.range(0, 200).filter(i -> gone.contains(people.get(i))))
          .containsExactly(out.stream().boxed().toArray(Integer[]::new));
      assertThat(out.cardinality()).as("the largest is dealt first").isBetween(38, 42);
    }
  }

  @Test
  void halvesOfAClassAreNotOutTogether() {
    Table table = texts(200);
    List<BitSet> without = new Folds(4, 1, 1).without(Units.of("half-class", table, 1));
    assertThat(sum(without)).isEqualTo(200);
    for (BitSet out : without) {
      for (String label : List.of("l0", "l1", "l2", "l3")) {
        long its = out.stream().filter(i -> table.dataset().labels(i).contains(label)).count();
        assertThat(its).isIn(0L, 25L);
      }
    }
  }

  @Test
  void aSentenceIsOutWithEachOfItsEntities() {
    List<Example> rows =
        List.of(
            tagged("0", "ann knows bo", "B-P O B-P"),
            tagged("1", "ann sleeps", "B-P O"),
            tagged("2", "bo sleeps", "B-P O"),
            tagged("3", "it rains", "O O"));
    Table table = Table.of(new Dataset(Task.NER, "notes", rows));
    for (BitSet out : new Folds(3, 1, 1).without(Units.of("entity", table, 1))) {
      assertThat(out.get(0)).isEqualTo(out.get(1) || out.get(2));
    }
  }

  private static TaggedSentence tagged(String id, String words, String tags) {
    return new TaggedSentence(id, List.of(words.split(" ")), List.of(tags.split(" ")));
  }

  @Test
  void saysWhatIsWrong() {
    refused("--folds is 1, expected >= 2", () -> new Folds(1, 1, 1));
    refused("--rounds is 0, expected >= 1", () -> new Folds(2, 0, 1));
    Table table = texts(100);
    refused("no such column", () -> Units.of("patient", table, 1));
    refused("only tagged sentences", () -> Units.of("entity", table, 1));
    Units people = Units.of("person", table, 1);
    refused(
        "--folds is 50, but the rows are of 22 units", () -> new Folds(50, 1, 1).without(people));
  }

  private static void refused(String why, org.assertj.core.api.ThrowableAssert.ThrowingCallable c) {
    assertThatThrownBy(c).isInstanceOf(InputException.class).hasMessageContaining(why);
  }
}
