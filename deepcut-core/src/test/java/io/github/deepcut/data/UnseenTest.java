package io.github.deepcut.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deepcut.data.Copies.Count;
import io.github.deepcut.data.Copies.Inside;
import io.github.deepcut.data.ForgetRequest.Where;
import io.github.deepcut.data.ForgetRequest.WithCopies;
import io.github.deepcut.data.read.DatasetReader;
import io.github.deepcut.run.InputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnseenTest {
  @TempDir Path folder;

  /** Rows {@code text | person}. */
  private Table table(String name, long large, List<String> rows) {
    String[] lines =
        rows.stream()
            .map(
                row ->
                    "{\"text\": \"%s\", \"label\": \"x\", \"person\": \"%s\"}"
                        .formatted(
                            row.substring(0, row.indexOf('|')),
                            row.substring(row.indexOf('|') + 1)))
            .toArray(String[]::new);
    return DatasetReader.read(TestFiles.write(folder, name, lines), Task.CLASSIFY, large);
  }

  private static List<String> rows(String text, int n, String person) {
    return IntStream.range(0, n).mapToObj(i -> text + " " + i + "|" + person).toList();
  }

  private static List<String> all(List<String> first, List<String> second) {
    List<String> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }

  /** 20 rows to forget; two of them, "mine 0" and "mine 1", are said again among 30 others. */
  private Table training(long large) {
    return table(
        "train.jsonl",
        large,
        all(
            all(rows("mine", 20, "p"), List.of("mine 0|q", "mine 0|q", "Mine  1!|q")),
            rows("other", 27, "q")));
  }

  private static ForgetSplit split(Table table) {
    return new Where("person = 'p'").split(table);
  }

  private static Unseen unseen(ForgetSplit split, Table test) {
    return Unseen.of(split, Optional.empty(), Optional.of(test.dataset()));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, Long.MAX_VALUE})
  void copiesAreCountedAndLeftOut(long large) {
    Dataset test =
        table(
                "test.jsonl",
                large,
                all(List.of("mine 5|r", "OTHER 3.|r", "other 4|r"), rows("new", 27, "r")))
            .dataset();
    Dataset heldOut =
        table("dev.jsonl", large, all(rows("mine", 20, "p"), rows("fresh", 3, "p"))).dataset();
    Unseen unseen = Unseen.of(split(training(large)), Optional.of(heldOut), Optional.of(test));
    assertThat(unseen.copies())
        .isEqualTo(
            new Copies(
                new Count(1, 1), // mine 0, twice exactly; mine 1, once nearly
                new Count(2, 1),
                new Inside(new Count(20, 0), new Count(0, 0)),
                new Inside(new Count(1, 0), new Count(1, 1))));
    assertThat(unseen.test().orElseThrow().size()).isEqualTo(29);
    assertThat(unseen.test().orElseThrow().id(0)).isEqualTo("1");
    assertThat(unseen.heldOut().orElseThrow().size()).isEqualTo(3);
    assertThat(unseen.notes())
        .containsExactly(
            "1 of the 20 rows to forget have an exact copy among the retained ones: what they say"
                + " stays in the training data; unlearn --with-duplicates takes the copies along (2)",
            "1 of the 20 rows to forget have a near copy among the retained ones, the same but for"
                + " case, punctuation, blanks or Unicode form: what they say stays in the training"
                + " data",
            "dev.jsonl: 20 rows are left out, for they are copies of rows to forget (20 exact, 0"
                + " near)",
            "test.jsonl: 1 rows are left out, for they are copies of rows to forget (1 exact, 0"
                + " near)",
            "test.jsonl: 2 of the other 29 rows are copies of retained rows (1 exact, 1 near): the"
                + " test figures are too good by them");
  }

  /** A tenth of 20 rows to forget is 2; two of those in the test data are said by others, too. */
  @ParameterizedTest
  @CsvSource({"4, 28, true", "5, 27, false", "20, 200, false"})
  void testDataThatHoldMuchOfTheForgottenAreRefused(int theirs, int others, boolean taken) {
    Table test =
        table("test.jsonl", Long.MAX_VALUE, all(rows("mine", theirs, "r"), rows("n", others, "r")));
    ForgetSplit split = split(training(Long.MAX_VALUE));
    if (taken) {
      assertThat(unseen(split, test).test().orElseThrow().size()).isEqualTo(others);
      return;
    }
    assertThatThrownBy(() -> unseen(split, test))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(
            "test.jsonl holds "
                + (theirs - 2)
                + " of the 20 rows to forget of train.jsonl, exactly")
        .hasMessageContaining("as ids 2, 3, 4")
        .hasMessageNotContaining("\n");
  }

  @Test
  void testDataThatSayOneForgottenThingOverAndOverAreRefused() {
    List<String> said = new ArrayList<>(java.util.Collections.nCopies(4, "mine 3|r"));
    Table test = table("test.jsonl", Long.MAX_VALUE, all(said, rows("new", 26, "r")));
    ForgetSplit split = split(training(Long.MAX_VALUE));
    assertThatThrownBy(() -> unseen(split, test))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("test.jsonl holds 1 of the 20 rows to forget");
  }

  /** What retained rows say as well is everybody's: left out, however much of it there is. */
  @Test
  void whatEverybodySaysIsNoReasonToRefuse() {
    List<String> said = java.util.Collections.nCopies(10, "mine 0|r");
    Table test = table("test.jsonl", Long.MAX_VALUE, all(said, rows("new", 20, "r")));
    Unseen unseen = unseen(split(training(Long.MAX_VALUE)), test);
    assertThat(unseen.test().orElseThrow().size()).isEqualTo(20);
    assertThat(unseen.copies().test().forgotten()).isEqualTo(new Count(10, 0));
    Table all = table("all.jsonl", Long.MAX_VALUE, said);
    assertThatThrownBy(() -> unseen(split(training(Long.MAX_VALUE)), all))
        .isInstanceOf(InputException.class);
  }

  @Test
  void heldOutDataThatAreAllForgottenAreRefused() {
    Dataset heldOut = table("dev.jsonl", Long.MAX_VALUE, rows("mine", 3, "p")).dataset();
    ForgetSplit split = split(training(Long.MAX_VALUE));
    assertThatThrownBy(() -> Unseen.of(split, Optional.of(heldOut), Optional.empty()))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("dev.jsonl: all of its 3 rows are copies of rows to forget (ids 0");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, Long.MAX_VALUE})
  void exactCopiesAreTakenAlong(long large) {
    Table table = training(large);
    ForgetSplit split = new WithCopies(new Where("person = 'p'")).split(table);
    assertThat(split.forget()).isEqualTo(IntStream.range(0, 22).toArray());
    assertThat(split.request())
        .isEqualTo("the examples where person = 'p', and their exact copies");
    assertThat(Unseen.of(split, Optional.empty(), Optional.empty()).copies().forgotten())
        .isEqualTo(new Count(0, 1));
  }

  @Test
  void wordsAndPixelsAreContentToo() {
    TaggedSentence ada = new TaggedSentence("0", List.of("Ada", "'s"), List.of("B-P", "O"));
    TaggedSentence same = new TaggedSentence("9", List.of("Ada", "'s"), List.of("O", "O"));
    TaggedSentence joined = new TaggedSentence("9", List.of("ada's"), List.of("O"));
    assertThat(Content.exact(same)).isEqualTo(Content.exact(ada));
    assertThat(Content.exact(joined)).isNotEqualTo(Content.exact(ada));
    assertThat(Content.hash(joined)).isEqualTo(Content.hash(ada));
    ImageSize size = new ImageSize(1, 2, 2);
    LabeledImage image = new LabeledImage("0", new byte[] {1, 2, 3, -4}, size, "cat");
    LabeledImage again = new LabeledImage("1", new byte[] {1, 2, 3, -4}, size, "dog");
    LabeledImage other = new LabeledImage("2", new byte[] {1, 2, 3, -5}, size, "cat");
    assertThat(Content.exact(again)).isEqualTo(Content.exact(image));
    assertThat(Content.hash(again)).isEqualTo(Content.hash(image));
    assertThat(Content.exact(other)).isNotEqualTo(Content.exact(image));
    assertThat(Content.hash(other)).isNotEqualTo(Content.hash(image));
  }

  /** The pair is part of what is said, and texts without a letter differ. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "Caf\u00e9 No. 5|-|CAFE\u0301 no 5|-|true", // composed and decomposed
        "STRASSE|-|stra\u00dfe|-|true",
        "\uff21\uff22 1|-|ab\u200b1|-|true", // full width; a zero-width space
        "\u0939\u093f|-|\u0939\u0940|-|false", // Hindi vowel signs count
        "a|b|ab|-|false",
        "a|b|A!|b.|true",
        "5+3|-|5=3|-|false",
        "...|-|!!|-|false",
        "\ud83d\ude42|-|\ud83d\ude41|-|false",
      })
  void whatIsNearlyTheSame(String a, String pairOfA, String b, String pairOfB, boolean near) {
    LabeledText one = new LabeledText("0", a, pairOfA, "x");
    LabeledText other = new LabeledText("1", b, pairOfB, "x");
    assertThat(Content.hash(one) == Content.hash(other)).isEqualTo(near);
    assertThat(Content.exact(one)).isNotEqualTo(Content.exact(other));
  }
}
