package io.github.deepcut.data;

import java.nio.ByteBuffer;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What an example says, whatever its id and its labels: copies are told by it. */
final class Content {
  /** The kinds of characters that count; punctuation, blanks and controls do not. */
  private static final int SAID =
      bits(
          Character.UPPERCASE_LETTER,
          Character.LOWERCASE_LETTER,
          Character.TITLECASE_LETTER,
          Character.MODIFIER_LETTER,
          Character.OTHER_LETTER,
          Character.NON_SPACING_MARK,
          Character.ENCLOSING_MARK,
          Character.COMBINING_SPACING_MARK,
          Character.DECIMAL_DIGIT_NUMBER,
          Character.LETTER_NUMBER,
          Character.OTHER_NUMBER,
          Character.MATH_SYMBOL,
          Character.CURRENCY_SYMBOL,
          Character.MODIFIER_SYMBOL,
          Character.OTHER_SYMBOL);

  private Content() {}

  /** Equal for two examples that are the same to the last character, word or pixel. */
  static Object exact(Example example) {
    if (example instanceof TaggedSentence sentence) {
      return sentence.words();
    }
    if (example instanceof LabeledImage image) {
      return List.of(image.size(), ByteBuffer.wrap(image.pixels()));
    }
    LabeledText text = (LabeledText) example;
    return Arrays.asList(text.text(), text.pair());
  }

  /**
   * 64 bits that are equal for examples that are the same but for case, punctuation, blanks and
   * Unicode form (NFKC); of images, for the same pixels.
   */
  static long hash(Example example) {
    if (example instanceof TaggedSentence sentence) {
      return RowIndex.hash(folded(String.join(" ", sentence.words())));
    }
    if (example instanceof LabeledImage image) {
      return hash(image);
    }
    LabeledText text = (LabeledText) example;
    return RowIndex.hash(
        text.pair() == null
            ? folded(text.text())
            : folded(text.text()) + '\0' + folded(text.pair()));
  }

  /** FNV-1a over size and pixels. */
  private static long hash(LabeledImage image) {
    long h = RowIndex.hash(image.size().toString());
    for (byte pixel : image.pixels()) {
      h = (h ^ (pixel & 0xff)) * 0x100000001b3L;
    }
    return h ^ (h >>> 32);
  }

  /** Letters, marks, numbers and symbols in lower case; a text without any stays as it is. */
  static String folded(String text) {
    StringBuilder said = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) { // most texts are plain, and there may be millions
      char c = text.charAt(i);
      if (c > 127) {
        return composed(text);
      }
      if (isSaid(c)) {
        said.append(c >= 'A' && c <= 'Z' ? (char) (c + 'a' - 'A') : c);
      }
    }
    return said.isEmpty() ? text : said.toString();
  }

  private static String composed(String text) {
    String upper = Normalizer.normalize(text, Normalizer.Form.NFKC).toUpperCase(Locale.ROOT);
    StringBuilder said = new StringBuilder(upper.length());
    Normalizer.normalize(upper.toLowerCase(Locale.ROOT), Normalizer.Form.NFKC)
        .codePoints()
        .filter(Content::isSaid)
        .forEach(said::appendCodePoint);
    return said.isEmpty() ? text : said.toString();
  }

  private static boolean isSaid(int character) {
    return (SAID >>> Character.getType(character) & 1) != 0;
  }

  private static int bits(byte... types) {
    int bits = 0;
    for (byte type : types) {
      bits |= 1 << type;
    }
    return bits;
  }
}
