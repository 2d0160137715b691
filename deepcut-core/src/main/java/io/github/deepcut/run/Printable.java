package io.github.deepcut.run;

import java.util.Arrays;

/**
 * Text as a terminal may be given it. What would move the cursor, turn the direction of writing,
 * begin a line or not be seen at all is written as in JSON: {@code \n}, {@code \u001b}. So texts
 * from certificates, folders, data and labels cannot pass for what the program says itself, and a
 * line of JSON stays the same JSON.
 */
public final class Printable {
  /**
   * Not seen, though Unicode calls them letters, marks or symbols: its property
   * Default_Ignorable_Code_Point as far as the general categories do not tell, and the blank
   * Braille pattern. First and last of each range.
   */
  private static final int[][] UNSEEN = {
    {0x034F, 0x034F}, // combining grapheme joiner
    {0x115F, 0x1160}, // Hangul fillers
    {0x17B4, 0x17B5}, // Khmer vowels inherent
    {0x180B, 0x180F}, // Mongolian variation selectors
    {0x2065, 0x2065},
    {0x2800, 0x2800},
    {0x3164, 0x3164},
    {0xFE00, 0xFE0F}, // variation selectors
    {0xFFA0, 0xFFA0},
    {0xFFF0, 0xFFF8},
    {0xE0000, 0xE0FFF} // tags, further variation selectors
  };

  private Printable() {}

  /** The text as one line that shows all that is in it. */
  public static String line(String text) {
    if (text.codePoints().allMatch(Printable::isSeen)) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            c -> {
              if (isSeen(c)) {
                out.appendCodePoint(c);
              } else {
                escape(c, out);
              }
            });
    return out.toString();
  }

  /** Whether a character shows, moves nothing and stays on its line. */
  static boolean isSeen(int c) {
    if (c < 0x7F) {
      return c >= ' ';
    }
    return switch (Character.getType(c)) {
      case Character.CONTROL, // C1, and DEL
          Character.FORMAT, // bidi, zero-width, soft hyphen, byte order mark
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE -> // one alone
          false;
      default -> Arrays.stream(UNSEEN).noneMatch(r -> r[0] <= c && c <= r[1]);
    };
  }

  private static void escape(int c, StringBuilder out) {
    switch (c) {
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      default ->
          Character.toString(c).chars().forEach(unit -> out.append("\\u%04x".formatted(unit)));
    }
  }
}
