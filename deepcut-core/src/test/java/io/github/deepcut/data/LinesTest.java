package io.github.deepcut.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinesTest {

  /** Each line with its place, read {@code block} bytes at a time. */
  private static List<String> cut(byte[] bytes, long offset, int block) throws IOException {
    List<String> lines = new ArrayList<>();
    InputStream in =
        new ByteArrayInputStream(bytes) {
          @Override
          public int read(byte[] buffer, int at, int length) {
            return super.read(buffer, at, Math.min(length, block));
          }
        };
    Lines.each(
        in, offset, (start, b, from, n) -> lines.add(start + " " + new String(b, from, n, UTF_8)));
    return lines;
  }

  @Test
  void placesCountBytesAndBlankLinesAreNone() throws IOException {
    // "é" has 2 bytes, "😀" 4: é\r\n = 0..3, \r\n = 4..5, " \t\n" = 6..8, a😀\n = 9..14, b from 15
    byte[] bytes = "é\r\n\r\n \t\na😀\nb".getBytes(UTF_8);
    for (int block : new int[] {1, 2, 3, 100}) {
      assertThat(cut(bytes, 0, block)).containsExactly("0 é\r", "9 a😀", "15 b");
    }
    assertThat(cut("a\n".getBytes(UTF_8), 0, 9)).containsExactly("0 a");
    assertThat(cut("\n".getBytes(UTF_8), 0, 9)).isEmpty();
  }

  @Test
  void linesLongerThanABlockStayWhole() throws IOException {
    String line = "x".repeat(3_000_000);
    assertThat(cut((line + "\n" + line + "\ny").getBytes(UTF_8), 0, 1 << 20))
        .containsExactly("0 " + line, "3000001 " + line, "6000002 y");
  }

  @Test
  void placesGoBeyondTwoGibibytes() throws IOException {
    long end = (3L << 30) - 1;
    assertThat(cut("a\nbc\nd".getBytes(UTF_8), end, 100))
        .containsExactly("3221225471 a", "3221225473 bc", "3221225476 d");
  }
}
