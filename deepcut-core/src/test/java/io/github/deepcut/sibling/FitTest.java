package io.github.deepcut.sibling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.deepcut.data.Column;
import io.github.deepcut.data.Dataset;
import io.github.deepcut.data.Example;
import io.github.deepcut.data.LabeledText;
import io.github.deepcut.data.Sequence;
import io.github.deepcut.data.Table;
import io.github.deepcut.data.Task;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Two hundred people with twenty notes each: a note has words of its person, and one of its own.
 */
class FitTest {
  private static final int PEOPLE = 200;
  private static final int NOTES = 20;

  private static int person(int row) {
    return row / NOTES;
  }

  private static List<Sequence> rows() {
    return IntStream.range(0, PEOPLE * NOTES)
        .mapToObj(
            i -> {
              int[] ids = {2, 10 + person(i), 500 + person(i), 1000 + i, 3};
              return new Sequence(
                  0, ids, new int[ids.length], new int[1], new int[1], new int[] {person(i) % 2});
            })
        .toList();
  }

  private static Table table() {
    List<Example> rows =
        IntStream.range(0, PEOPLE * NOTES)
            .<Example>mapToObj(i -> new LabeledText("" + i, "note " + i, null, "c" + person(i) % 2))
            .toList();
    List<String> people = IntStream.range(0, rows.size()).mapToObj(i -> "p" + person(i)).toList();
    Dataset data = new Dataset(Task.CLASSIFY, "notes", rows);
    return new Table(
        data,
        rows.stream().map(Example::id).toList(),
        List.of(new Column("person", "VARCHAR", people)));
  }

  private static double misfit(String unit, int... forget) {
    List<BitSet> without = new Folds(10, 1, 1).without(Units.of(unit, table(), 1));
    return Fit.of(rows(), forget, without).mean();
  }

  private static int[] notesOf(int person) {
    return IntStream.range(NOTES * person, NOTES * person + NOTES).toArray();
  }

  @Test
  void randomRowsAreFitByRows() {
    int[] forget = IntStream.range(0, 40).map(i -> 97 * i).toArray();
    assertThat(misfit("row", forget)).as("a tenth is out").isCloseTo(.1, within(.03));
    assertThat(misfit("person", forget)).as("the person's others are out, too").isGreaterThan(.8);
  }

  @Test
  void aPersonIsFitByPeople() {
    assertThat(misfit("person", notesOf(17))).isCloseTo(0, within(.05));
    assertThat(misfit("row", notesOf(17))).as("nine notes of ten are not out").isGreaterThan(.7);
  }

  /** Every other note of a person, of whom siblings lack every note or one in ten, or half. */
  @Test
  void partsAreFitByAsMuch() {
    int[] forget = IntStream.of(notesOf(17)).filter(i -> i % 2 == 0).toArray();
    List<BitSet> halves =
        IntStream.range(0, 2)
            .mapToObj(
                half ->
                    IntStream.range(0, PEOPLE * NOTES)
                        .filter(i -> i / 2 % 2 == half)
                        .collect(BitSet::new, BitSet::set, BitSet::or))
            .toList();
    assertThat(Fit.of(rows(), forget, halves).mean()).as("another half").isLessThan(.1);
    assertThat(misfit("person", forget)).isGreaterThan(.3);
    assertThat(misfit("row", forget)).isGreaterThan(.3);
  }

  @Test
  void onlySiblingsThatNeverSawARowAreAsked() {
    List<BitSet> without = new Folds(10, 2, 1).without(Units.of("person", table(), 1));
    int[] forget = notesOf(17);
    Fit fit = Fit.of(rows(), forget, without);
    for (int k = 0; k < forget.length; k++) {
      int at = forget[k];
      BitSet asked = fit.siblings(k, without, at);
      assertThat(asked.cardinality()).as("one a round").isEqualTo(2);
      assertThat(asked.stream()).allMatch(s -> without.get(s).get(at));
    }
  }
}
