package io.github.deepcut.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RowContentTest {
  /** Length 1 and 'a'; none, which is -1; length 2 and 'ab'. */
  @Test
  void partsStandBehindTheirLengths() {
    assertThat(RowContent.of(new LabeledText("7", "a", null, "ab")))
        .containsExactly(0, 0, 0, 1, 'a', -1, -1, -1, -1, 0, 0, 0, 2, 'a', 'b');
    // two words, then each word, then each tag
    assertThat(RowContent.of(new TaggedSentence("7", List.of("x", "yz"), List.of("O", "O"))))
        .containsExactly(
            0, 0, 0, 2, 0, 0, 0, 1, 'x', 0, 0, 0, 2, 'y', 'z', 0, 0, 0, 1, 'O', 0, 0, 0, 1, 'O');
    // one channel, one row, two columns; two pixels; the label
    assertThat(
            RowContent.of(new LabeledImage("7", new byte[] {5, -1}, new ImageSize(1, 1, 2), "c")))
        .containsExactly(0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 2, 5, -1, 0, 0, 0, 1, 'c');
  }

  @Test
  void theIdIsNoPartAndNoTwoContentsAreOne() {
    List<Example> others =
        List.of(
            new LabeledText("1", "ab", "c", "d"),
            new LabeledText("1", "a", "bc", "d"),
            new LabeledText("1", "ab", "", "cd"),
            new LabeledText("1", "ab", null, "cd"),
            new TaggedSentence("1", List.of("a b"), List.of("O")),
            new TaggedSentence("1", List.of("a", "b"), List.of("O", "O")),
            new TaggedSentence("1", List.of("a", "O"), List.of("b", "O")),
            new TaggedSentence("1", List.of("a", "O", "b", "O"), List.of()));
    assertThat(
            others.stream()
                .map(e -> List.of(RowContent.of(e)).get(0))
                .map(java.util.HexFormat.of()::formatHex))
        .doesNotHaveDuplicates();
    assertThat(RowContent.of(new LabeledText("2", "ab", "c", "d")))
        .isEqualTo(RowContent.of(others.get(0)));
  }
}
