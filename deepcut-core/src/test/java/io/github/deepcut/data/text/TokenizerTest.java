package io.github.deepcut.data.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.deepcut.data.TestFiles;
import io.github.deepcut.run.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenizerTest {
  @TempDir Path folder;

  private Tokenizer bert(String... pieces) {
    return Tokenizer.load(Vocabularies.wordPiece(folder, pieces), null);
  }

  @Test
  void aBertVocabularyLowersCaseUnlessToldOtherwise() {
    try (Tokenizer t = bert("hello", "Hello", "##s", ",")) {
      Encoded e = t.encode("Hellos, hello", null, 32);
      assertThat(e.ids()).containsExactly(2, 5, 7, 8, 5, 3);
      assertThat(e.types()).containsOnly(0);
      assertThat(List.of(t.padId(), t.unkId(), t.clsId(), t.sepId(), t.vocabularySize()))
          .containsExactly(0, 1, 2, 3, 9);
    }
    TestFiles.write(folder, "tokenizer_config.json", "{\"do_lower_case\": false}");
    try (Tokenizer t = Tokenizer.load(folder, null)) {
      assertThat(t.encode("Hellos", null, 32).ids()).containsExactly(2, 6, 7, 3);
    }
  }

  @Test
  void aBertPairHasTwoSegments() {
    try (Tokenizer t = bert("a", "b")) {
      Encoded e = t.encode("a a", "b", 32);
      assertThat(e.ids()).containsExactly(2, 5, 5, 3, 6, 3);
      assertThat(e.types()).containsExactly(0, 0, 0, 0, 1, 1);
      assertThat(t.encode("", "", 32).ids()).containsExactly(2, 3, 3);
    }
  }

  @Test
  void theLongerTextIsCutFirst() {
    try (Tokenizer t = bert("a", "b")) {
      assertThat(t.encode("a a a a", null, 4).ids()).containsExactly(2, 5, 5, 3);
      assertThat(t.encode("a", "b b b b", 6).ids()).containsExactly(2, 5, 3, 6, 6, 3);
      assertThat(t.encode("a a a a", "b", 6).ids()).containsExactly(2, 5, 5, 3, 6, 3);
      assertThat(t.encode("a a a a", "b b b", 8).ids()).containsExactly(2, 5, 5, 5, 3, 6, 6, 3);
      assertThat(t.encode("a", "b", 8).ids()).hasSize(5);
      assertThatThrownBy(() -> t.encode("a", null, 2)).hasMessageContaining("maxLength 2");
    }
  }

  @Test
  void everyWordHasAPiece() {
    try (Tokenizer t = bert("ab", "##c", "-")) {
      int[][] pieces = t.encodeWords(List.of("abc", "", " ", "ab-abcc", "\u200B", "zz")).pieces();
      assertThat(pieces).isDeepEqualTo(new int[][] {{5, 6}, {1}, {1}, {5, 7, 5, 6, 6}, {1}, {1}});
      assertThat(t.encodeWords(List.of()).size()).isZero();
      assertThat(t.encodeWords(List.of("")).pieces()).isDeepEqualTo(new int[][] {{1}});
    }
  }

  @Test
  void robertaPutsABlankBeforeEveryWordButNotBeforeAText() {
    try (Tokenizer t = Tokenizer.load(Vocabularies.byteLevel(folder), null)) {
      assertThat(t.encode("ab ab", null, 32).ids()).containsExactly(0, 8, 9, 2);
      assertThat(t.encodeWords(List.of("ab", "", "bab")).pieces())
          .isDeepEqualTo(new int[][] {{9}, {3}, {7, 5, 8}});
      Encoded pair = t.encode("a", "b", 32);
      assertThat(pair.ids()).containsExactly(0, 4, 2, 2, 5, 2);
      assertThat(pair.types()).containsOnly(0);
      assertThat(List.of(t.padId(), t.unkId(), t.clsId(), t.sepId(), t.vocabularySize()))
          .containsExactly(1, 3, 0, 2, 11);
    }
  }

  @Test
  void aWholeTokenizerFileGoesFirstAndItsTruncationIsIgnored() throws IOException {
    Vocabularies.wordPiece(folder, "a", "b");
    var definition = TokenizerFiles.read(folder, null).definition();
    definition.putObject("truncation").put("max_length", 3).put("stride", 0);
    Files.writeString(folder.resolve("tokenizer.json"), definition.toString());
    Files.writeString(folder.resolve("vocab.txt"), "nonsense");
    try (Tokenizer t =
        Tokenizer.load(folder, new ObjectMapper().readTree("{\"pad_token_id\":7}"))) {
      assertThat(t.encode("a b a b", null, 32).ids()).containsExactly(2, 5, 6, 5, 6, 3);
      assertThat(t.padId()).isZero();
      assertThat(t.unkId()).isEqualTo(1);
    }
  }

  @Test
  void whatIsMissingIsNamed() {
    assertThatThrownBy(() -> Tokenizer.load(folder, null))
        .isInstanceOf(InputException.class)
        .hasMessage(
            folder + ": no tokenizer.json, no vocab.txt, and no vocab.json with merges.txt");
    TestFiles.write(folder, "vocab.txt", "[UNK]", "[SEP]");
    assertThatThrownBy(() -> Tokenizer.load(folder, null))
        .isInstanceOf(InputException.class)
        .hasMessage("vocab.txt: the special token [CLS] is not in it");
    TestFiles.write(folder, "tokenizer.json", "{\"model\": 3}");
    assertThatThrownBy(() -> Tokenizer.load(folder, null))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(folder + ": the tokenizer cannot be built: ");
    TestFiles.write(folder, "tokenizer.json", "[");
    assertThatThrownBy(() -> Tokenizer.load(folder, null))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("tokenizer.json: cannot be read: ");
  }
}
