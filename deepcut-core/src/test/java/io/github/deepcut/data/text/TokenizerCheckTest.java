package io.github.deepcut.data.text;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deepcut.data.TestFiles;
import io.github.deepcut.run.InputException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each of these ended the process at the first text before it was looked for. */
class TokenizerCheckTest {
  private static final String WORDS =
      "'model': {'type': 'WordLevel', 'vocab': {'a': 0}, 'unk_token': 'a'}";
  private static final String TEMPLATE =
      "'post_processor': {'type': 'TemplateProcessing', 'special_tokens': {}, 'single': [%s], 'pair':"
          + " [{'Sequence': {'id': 'A', 'type_id': 0}}, {'Sequence': {'id': 'B', 'type_id': 0}}]}, ";

  @TempDir Path folder;

  private void isRefused(String definition, String message) {
    String head = "{'version': '1.0', 'truncation': null, 'padding': null, 'added_tokens': [], ";
    TestFiles.write(folder, "tokenizer.json", (head + definition + "}").replace('\'', '"'));
    assertThatThrownBy(() -> Tokenizer.load(folder, null))
        .isInstanceOf(InputException.class)
        .hasMessage(folder + ": tokenizer.json: " + message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {'SpecialToken': {'id': 'X', 'type_id': 0}} | special_tokens has no 'X'
          {'Sequence': {'id': 'B', 'type_id': 0}} | single has a sequence B
          """)
  void templatesThatLeadNowhere(String piece, String message) {
    isRefused(TEMPLATE.formatted(piece) + WORDS, "TemplateProcessing: " + message);
    String nested = TEMPLATE.formatted(piece).replace("'post_processor': ", "");
    isRefused(
        "'post_processor': {'type': 'Sequence', 'processors': ["
            + nested.substring(0, nested.length() - 2)
            + "]}, "
            + WORDS,
        "TemplateProcessing: " + message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          'pre_tokenizer': {'type': 'FixedLength', 'length': 0} | FixedLength: length is 0, expected >= 1
          'normalizer': {'type': 'Prepend', 'prepend': ''} | Prepend: the text to prepend is empty
          'normalizer': {'type': 'Replace', 'pattern': {'String': ''}, 'content': 'x'} | Replace: its pattern matches the empty text
          'normalizer': {'type': 'Replace', 'pattern': {'Regex': 'a*'}, 'content': 'x'} | Replace: its pattern matches the empty text
          'normalizer': {'type': 'Precompiled'} | Precompiled: its table is cut short
          'normalizer': {'type': 'Precompiled', 'precompiled_charsmap': 'AAAAAAAA'} | Precompiled: its table is cut short
          """)
  void componentsThatPanic(String component, String message) {
    isRefused(component + ", " + WORDS, message);
  }

  @Test
  void twoTemplates() {
    String one = "{'type': 'TemplateProcessing', 'special_tokens': {}, 'single': [], 'pair': []}";
    String two = "'post_processor': {'type': 'Sequence', 'processors': [%1$s, %1$s]}, ";
    isRefused(two.formatted(one) + WORDS, "TemplateProcessing: there are two of them");
  }

  /** The prefix has two bytes to take off, the merge's second piece has one. */
  @Test
  void mergesWithoutTheirPrefix() {
    isRefused(
        "'model': {'type': 'BPE', 'continuing_subword_prefix': '##', 'vocab': {'a': 0, 'n': 1, 'an':"
            + " 2}, 'merges': ['a n']}",
        "BPE: the merge \"a n\" has no continuing_subword_prefix to take off");
  }
}
