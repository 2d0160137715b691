package io.github.deepcut.data.text;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** BERT's way to words: at blanks, with each mark of punctuation and each ideograph on its own. */
final class BertWords {
  private BertWords() {}

  /** The words of a text; lower-cased words lose their accents too. */
  static List<String> of(String text, boolean lowerCase) {
    String clean = lowerCase ? fold(text) : text;
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    clean
        .codePoints()
        .forEach(
            c -> {
              if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
                flush(word, words);
              } else if (isPunctuation(c) || Character.isIdeographic(c)) {
                flush(word, words);
                words.add(Character.toString(c));
              } else if (!isControl(c)) {
                word.appendCodePoint(c);
              }
            });
    flush(word, words);
    return words;
  }

  private static String fold(String text) {
    String decomposed = Normalizer.normalize(text, Normalizer.Form.NFD);
    return decomposed.replaceAll("\\p{Mn}", "").toLowerCase(Locale.ROOT);
  }

  private static void flush(StringBuilder word, List<String> words) {
    if (word.length() > 0) {
      words.add(word.toString());
      word.setLength(0);
    }
  }

  private static boolean isControl(int c) {
    int type = Character.getType(c);
    return c == 0xFFFD
        || type == Character.CONTROL
        || type == Character.FORMAT
        || type == Character.PRIVATE_USE
        || type == Character.UNASSIGNED
        || type == Character.SURROGATE;
  }

  /** All ASCII that is no letter, digit or blank counts, such as {@code $} and {@code ^}. */
  private static boolean isPunctuation(int c) {
    if (c < 128) {
      return c > 32 && c < 127 && !Character.isLetterOrDigit(c);
    }
    return switch (Character.getType(c)) {
      case Character.CONNECTOR_PUNCTUATION,
          Character.DASH_PUNCTUATION,
          Character.START_PUNCTUATION,
          Character.END_PUNCTUATION,
          Character.INITIAL_QUOTE_PUNCTUATION,
          Character.FINAL_QUOTE_PUNCTUATION,
          Character.OTHER_PUNCTUATION ->
          true;
      default -> false;
    };
  }
}
