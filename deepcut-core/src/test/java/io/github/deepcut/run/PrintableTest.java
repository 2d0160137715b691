package io.github.deepcut.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrintableTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void whatShowsStaysAsItIs() {
    String text = "Zoë, 12 % of \u4e2d\u6587, \ud83d\ude00 \u00a0\u2003 \\n \"x\" \u0301";
    assertThat(Printable.line(text)).isSameAs(text);
  }

  @Test
  void linesAndCursorMovesAreWrittenAsJsonDoes() {
    assertThat(Printable.line("a\nb\r\tc\u001b[2Jd\u0000\u007f\u009b"))
        .isEqualTo("a\\nb\\r\\tc\\u001b[2Jd\\u0000\\u007f\\u009b");
    // U+E0041, TAG LATIN CAPITAL LETTER A, is DB40 DC41 in UTF-16
    assertThat(Printable.line("x" + Character.toString(0xE0041))).isEqualTo("x\\udb40\\udc41");
    assertThat(Printable.line("one \ud83d alone")).isEqualTo("one \\ud83d alone");
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        0x00, 0x08, 0x0B, 0x1B, 0x7F, 0x80, 0x85, 0x90, 0x9B, 0x9D, 0x9F, // control
        0x061C, 0x200E, 0x200F, 0x202A, 0x202B, 0x202C, 0x202D, 0x202E, // direction
        0x2066, 0x2067, 0x2068, 0x2069, 0x2028, 0x2029, // direction; lines
        0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0x2063, 0xFEFF, 0x034F, // of no width
        0x115F, 0x3164, 0x2800, 0x180E, 0xFE0F, 0xE0001, 0xE0101, 0xFFF9
      })
  void whatDoesNotShowIsEscaped(int c) {
    String shown = Printable.line("a" + Character.toString(c) + "b");
    assertThat(shown).matches("a(\\\\u[0-9a-f]{4}){1,2}b");
  }

  /** No control or format character, line or paragraph separator of all of Unicode is left. */
  @Test
  void nothingOfUnicodeSlipsThrough() {
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      String shown = Printable.line(Character.toString(c));
      assertThat(shown.matches("[^\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}]+")).as("U+%04X", c).isTrue();
    }
  }

  @Test
  void jsonStaysTheSameJson() throws JsonProcessingException {
    var node = JSON.createObjectNode().put("a\u202eb\u001b", "\n\t\u0085\u007f\u200b\ud83d\ude00");
    String line = Printable.line(node.toString());
    assertThat(line).isNotEqualTo(node.toString()).doesNotContain("\u202e", "\u0085", "\u007f");
    assertThat(JSON.readTree(line)).isEqualTo(node);
  }

  @Test
  void anErrorIsOneLineAndShowsWhatIsInIt() {
    assertThat(FileErrors.oneLine(" a\r\n  b\u2028c\td\u001b[31m\u202e "))
        .isEqualTo("a b c d\\u001b[31m\\u202e");
  }
}
