package io.github.deepcut.data.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deepcut.data.text.VocabularyBuilder.Options;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VocabularyBuilderTest {
  private static final List<String> TEXTS = List.of("Ab ab, cab!", "AB scab", "Été");

  @TempDir Path folder;

  @Test
  void charactersComeFirstThenFrequentWordsThenEndings() {
    assertThat(VocabularyBuilder.build(TEXTS, new Options(true, 2, 100)))
        .containsExactly(
            "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "!", ",", "a", "b", "c", "e", "s", "t",
            "##!", "##,", "##a", "##b", "##c", "##e", "##s", "##t", "ab", "##ab");
    assertThat(VocabularyBuilder.build(TEXTS, new Options(false, 1, 100)))
        .contains("Ab", "AB", "Été", "##AB".substring(2), "##té", "##cab")
        .doesNotContain("##AB");
  }

  @Test
  void theSizeIsABoundAndCharactersAlwaysGoIn() {
    assertThat(VocabularyBuilder.build(TEXTS, new Options(true, 1, 24))).hasSize(24);
    assertThat(VocabularyBuilder.build(TEXTS, new Options(true, 1, 5))).hasSize(21);
    assertThat(VocabularyBuilder.build(List.of(), Options.defaults())).hasSize(5);
    assertThatThrownBy(() -> new Options(true, 0, 10)).hasMessageContaining("minFrequency 0");
  }

  @Test
  void theOrderOfTheTextsDoesNotMatter() {
    List<String> reversed = new java.util.ArrayList<>(TEXTS);
    Collections.reverse(reversed);
    Options options = new Options(true, 1, 30);
    assertThat(VocabularyBuilder.build(reversed, options))
        .isEqualTo(VocabularyBuilder.build(TEXTS, options));
  }

  @Test
  void theTokenizerNeedsNoUnknownTokenForItsOwnTexts() throws IOException {
    for (boolean lower : new boolean[] {true, false}) {
      List<String> texts =
          List.of("Ab\u00A0ab, cab! $9^", "AB\tscab\u200B", "Été 日本 naïve", "x\u0000y");
      List<String> vocabulary = VocabularyBuilder.build(texts, new Options(lower, 1, 500));
      VocabularyBuilder.writeTo(folder, vocabulary, lower, 64);
      try (Tokenizer tokenizer = Tokenizer.load(folder, null)) {
        assertThat(tokenizer.vocabularySize()).isEqualTo(vocabulary.size());
        for (String text : texts) {
          assertThat(tokenizer.encode(text, null, 64).ids())
              .as(text)
              .doesNotContain(tokenizer.unkId());
        }
      }
    }
  }
}
