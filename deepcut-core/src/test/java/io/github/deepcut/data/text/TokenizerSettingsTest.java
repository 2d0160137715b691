package io.github.deepcut.data.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.deepcut.data.TestFiles;
import io.github.deepcut.run.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the files beside a vocabulary say that would give other ids is followed or refused. */
class TokenizerSettingsTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          tokenizer_config.json | {"tokenizer_class": "BertJapaneseTokenizer"} | tokenizer_class is BertJapaneseTokenizer
          tokenizer_config.json | {"tokenizer_class": "RobertaTokenizer"} | tokenizer_class is "RobertaTokenizer", expected one that reads
          tokenizer_config.json | {"tokenizer_class": "PreTrainedTokenizerFast"} | tokenizer_class is "PreTrainedTokenizerFast", expected one
          tokenizer_config.json | {"tokenizer_class": 7} | tokenizer_class is 7, expected a name
          tokenizer_config.json | {"auto_map": {"AutoTokenizer": ["t.T", null]}} | auto_map names code
          tokenizer_config.json | {"do_basic_tokenize": false} | do_basic_tokenize is false, expected true
          tokenizer_config.json | {"split_special_tokens": true} | split_special_tokens is true, expected false
          tokenizer_config.json | {"do_lower_case": "false"} | do_lower_case is "false", expected true or false
          tokenizer_config.json | {"do_lower_case": null} | do_lower_case is null, expected true or false
          tokenizer_config.json | {"strip_accents": 1} | strip_accents is 1, expected true or false
          tokenizer_config.json | {"truncation_side": "middle"} | truncation_side is "middle", expected left, right
          tokenizer_config.json | {"model_max_length": "512"} | model_max_length is "512", expected >= 1
          tokenizer_config.json | {"model_max_length": -1} | model_max_length is -1, expected >= 1
          tokenizer_config.json | {"cls_token": ["[CLS]"]} | cls_token is ["[CLS]"], expected a token
          tokenizer_config.json | {"added_tokens_decoder": {"5": "a"}} | an added token is "a", expected its content and flags
          tokenizer_config.json | {"added_tokens_decoder": {"x": {"content": "a"}}} | added_tokens_decoder has the id x, expected 0, 1,
          tokenizer_config.json | {"added_tokens_decoder": []} | added_tokens_decoder must be an object
          tokenizer_config.json | {"added_tokens_decoder": {"3": {"content": "hello"}}} | 'hello' has id 3, expected 5, its place in the vocabulary
          tokenizer_config.json | {"added_tokens_decoder": {"6": {"content": "x"}, "8": {"content": "y"}}} | 'y' has id 8, expected 7, the next one free
          tokenizer_config.json | {"added_tokens_decoder": {"6": {"content": "x", "lstrip": "yes"}}} | an added token is {"content":"x","lstrip":"yes"}, expected
          tokenizer_config.json | {"additional_special_tokens": [7]} | a special token is 7, expected its text
          added_tokens.json | {"x": 8} | 'x' has id 8, expected 6, the next one free
          added_tokens.json | {"x": 4294967296} | an added token's id is '4294967296', expected 0, 1,
          added_tokens.json | {"x": -1} | an added token's id is '-1', expected 0, 1,
          added_tokens.json | ["x"] | expected a JSON object
          special_tokens_map.json | {"mask_token": 5} | mask_token is 5, expected a token
          special_tokens_map.json | { | cannot be read:
          """)
  void isRefused(String file, String content, String message) {
    Vocabularies.wordPiece(folder, "hello");
    TestFiles.write(folder, file, content);
    assertThatThrownBy(() -> Tokenizer.load(folder, null).close())
        .isInstanceOf(InputException.class)
        .hasMessageContaining(message)
        .hasMessageContaining(folder.toString())
        .hasMessageNotContaining("\n");
  }

  @Test
  void theModelsOwnConfigurationNamesTheClassToo() throws IOException {
    Vocabularies.wordPiece(folder, "hello");
    var model = new ObjectMapper().readTree("{\"tokenizer_class\": \"BertweetTokenizer\"}");
    assertThatThrownBy(() -> Tokenizer.load(folder, model).close())
        .hasMessageContaining("tokenizer_class is BertweetTokenizer, which is not supported");
  }

  @Test
  void anEmptyTokenIsNone() {
    Vocabularies.byteLevel(folder);
    TestFiles.write(folder, "tokenizer_config.json", "{\"mask_token\": \"\"}");
    try (Tokenizer t = Tokenizer.load(folder, null)) {
      assertThat(t.maskId()).isEmpty();
    }
  }

  @Test
  void robertaReadsItsOwnFilesWhereBothAreThere() throws IOException {
    Vocabularies.byteLevel(folder);
    Vocabularies.wordPiece(folder, "ab");
    var model = new ObjectMapper().readTree("{\"model_type\": \"roberta\"}");
    try (Tokenizer t = Tokenizer.load(folder, model)) {
      assertThat(t.encode("ab ab", null, 32).ids()).containsExactly(0, 8, 9, 2);
    }
  }

  @Test
  void anIdBesideTheVocabularyIsCounted() {
    Vocabularies.wordPiece(folder, "hello");
    TestFiles.write(folder, "added_tokens.json", "{\"[E1]\": 6, \"[E2]\": 7}");
    try (Tokenizer t = Tokenizer.load(folder, null)) {
      assertThat(t.vocabularySize()).isEqualTo(8);
      assertThat(t.ordinaryIds()).containsExactly(5, 6, 7);
    }
  }

  /** 70,000 characters keep the native side busy for more than a minute. */
  @Test
  void aTokenOfImpossibleLengthIsRefused() {
    Vocabularies.wordPiece(folder, "hello");
    TestFiles.write(
        folder, "special_tokens_map.json", "{\"cls_token\": \"" + "x".repeat(70_000) + "\"}");
    assertThatThrownBy(() -> Tokenizer.load(folder, null).close())
        .isInstanceOf(InputException.class)
        .hasMessageContaining("has 70000 characters, expected at most 1000");
  }

  @Test
  void theLongestRowIsTold() {
    Vocabularies.wordPiece(folder, "hello");
    TestFiles.write(folder, "tokenizer_config.json", "{\"model_max_length\": 128}");
    try (Tokenizer t = Tokenizer.load(folder, null)) {
      assertThat(t.maxTokens()).isEqualTo(128);
    }
    TestFiles.write(folder, "tokenizer_config.json", "{\"max_len\": 64}");
    try (Tokenizer t = Tokenizer.load(folder, null)) {
      assertThat(t.maxTokens()).isEqualTo(64);
    }
    TestFiles.write(
        folder, "tokenizer_config.json", "{\"model_max_length\": 1000000000000000019884624838656}");
    try (Tokenizer t = Tokenizer.load(folder, null)) {
      assertThat(t.maxTokens()).isEqualTo(Integer.MAX_VALUE);
    }
  }

  @Test
  void aModelOfOneSegmentTakesNoPairUnlessSegmentsAreLeftOut() throws IOException {
    Vocabularies.wordPiece(folder, "hello");
    var model = new ObjectMapper().readTree("{\"type_vocab_size\": 1}");
    try (Tokenizer t = Tokenizer.load(folder, model)) {
      assertThat(t.encode("hello", null, 32).ids()).containsExactly(2, 5, 3);
      assertThatThrownBy(() -> t.encode("hello", "hello", 32))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("type_vocab_size in config.json is 1");
    }
    TestFiles.write(folder, "tokenizer_config.json", "{\"model_input_names\": [\"input_ids\"]}");
    try (Tokenizer t = Tokenizer.load(folder, model)) {
      assertThat(t.encode("hello", "hello", 32).types()).containsOnly(0).hasSize(5);
    }
  }

  @Test
  void anotherFirstTokenThanTheWholeFileSetsIsRefused() throws IOException {
    Vocabularies.wordPiece(folder, "hello");
    String whole = TokenizerFiles.read(folder, null).definition().toString();
    Files.writeString(folder.resolve("tokenizer.json"), whole);
    TestFiles.write(folder, "tokenizer_config.json", "{\"cls_token\": \"hello\"}");
    assertThatThrownBy(() -> Tokenizer.load(folder, null).close())
        .hasMessageContaining("cls_token is 'hello', but tokenizer.json sets another there");
  }

  @Test
  void aVocabularyWithImpossibleIdsIsRefused() {
    TestFiles.write(folder, "vocab.json", "{\"<s>\": 0, \"</s>\": 4294967296}");
    TestFiles.write(folder, "merges.txt", "#version: 0.2");
    assertThatThrownBy(() -> Tokenizer.load(folder, null).close())
        .isInstanceOf(InputException.class)
        .hasMessageContaining("the id of '</s>' is 4294967296, expected 0, 1, …");
  }
}
