package io.github.deepcut.data.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deepcut.data.Sequence;
import io.github.deepcut.data.TestFiles;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackerTest {
  @TempDir Path folder;

  private List<Sequence> pack(int length, String... texts) {
    try (Tokenizer t = Tokenizer.load(folder, null)) {
      Packer packer = new Packer(t, length);
      for (String text : texts) {
        packer.add(text);
      }
      return packer.rows();
    }
  }

  @Test
  void rowsAreFullOfWholeWordsInTheOrderOfTheText() {
    Vocabularies.wordPiece(folder, "a", "##b", "c", ".");
    // a ab . | c abb . a  with room for four: the word "abb" begins a row, so the first lacks one
    List<Sequence> rows = pack(6, "a c.", "abb .", "a");
    assertThat(rows).hasSize(3);
    assertThat(rows.get(0).ids()).containsExactly(2, 5, 7, 8, 3);
    assertThat(rows.get(1).ids()).containsExactly(2, 5, 6, 6, 8, 3);
    assertThat(rows.get(2).ids()).containsExactly(2, 5, 3);
    assertThat(rows.get(1).positions()).containsExactly(1, 2, 3, 4);
    assertThat(rows.get(1).words()).containsExactly(0, 0, 0, 1);
    assertThat(rows.get(1).labels()).containsExactly(5, 6, 6, 8);
    assertThat(rows.get(1).types()).containsOnly(0).hasSize(6);
    assertThat(rows.get(2).example()).isEqualTo(2);
  }

  @Test
  void equalWordsBesideEachOtherAreTwo() {
    Vocabularies.wordPiece(folder, "a", "##b");
    assertThat(pack(12, "ab ab", "ab").get(0).words()).containsExactly(0, 0, 1, 1, 2, 2);
  }

  @Test
  void unknownAndSpecialTokensAreNoItems() {
    Vocabularies.wordPiece(folder, "a");
    List<Sequence> rows = pack(12, "a z [SEP] [MASK] a");
    assertThat(rows.get(0).ids()).containsExactly(2, 5, 1, 3, 4, 5, 3);
    assertThat(rows.get(0).positions()).containsExactly(1, 5);
    assertThat(pack(12, "z z")).isEmpty();
  }

  @Test
  void aWordLongerThanARowLosesItsEnd() {
    Vocabularies.wordPiece(folder, "a", "##b");
    List<Sequence> rows = pack(4, "a abbbb a");
    assertThat(rows.stream().map(r -> r.ids().length)).containsExactly(3, 4, 3);
    assertThatThrownBy(() -> pack(2, "a")).hasMessage("maxLength 2: must be above 2");
  }

  @Test
  void byteLevelTextsAreJoinedByBlanks() {
    Vocabularies.byteLevel(folder);
    // Ġab, then Ġ + c: the tokens 9, 7, 6
    assertThat(pack(12, "ab", "c").get(0).ids()).containsExactly(0, 9, 7, 6, 2);
    assertThat(pack(12, "ab", "c").get(0).words()).containsExactly(0, 1, 1);
  }

  @Test
  void aTokenizerTellsItsMaskAndItsOrdinaryTokens() {
    Vocabularies.wordPiece(folder, "a", "b");
    try (Tokenizer t = Tokenizer.load(folder, null)) {
      assertThat(t.maskId()).hasValue(4);
      assertThat(t.ordinaryIds()).containsExactly(5, 6);
    }
    TestFiles.write(folder, "vocab.txt", "[PAD]", "[UNK]", "[CLS]", "[SEP]", "a");
    try (Tokenizer t = Tokenizer.load(folder, null)) {
      assertThat(t.maskId()).isEmpty();
      assertThat(t.ordinaryIds()).containsExactly(4);
    }
  }
}
