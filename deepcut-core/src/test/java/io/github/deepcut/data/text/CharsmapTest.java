package io.github.deepcut.data.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class CharsmapTest {
  private static final int LEAF = 513;

  /**
   * The map from a (97) to what stands at {@code value}: the root leads to node 256; its child for
   * a lies at 256 ^ 97 = 353 and leads to node 513, which has the value. Three blocks of 256 units.
   */
  private static String table(int value, String replacements) {
    int[] units = new int[768];
    units[0] = 256 << 10;
    units[353] = 97 | (1 << 8) | ((353 ^ LEAF) << 10);
    units[LEAF] = value;
    return encoded(units, replacements.getBytes(UTF_8));
  }

  private static String encoded(int[] units, byte[] replacements) {
    ByteBuffer bytes = ByteBuffer.allocate(4 + 4 * units.length + replacements.length);
    bytes.order(ByteOrder.LITTLE_ENDIAN).putInt(4 * units.length);
    for (int unit : units) {
      bytes.putInt(unit);
    }
    return Base64.getEncoder().encodeToString(bytes.put(replacements).array());
  }

  @Test
  void aWholeTableIsTaken() {
    assertThat(Charsmap.fault(table(0, "b\0"))).isNull();
    assertThat(Charsmap.fault(table(2, "é\0"))).isNull(); // the end of é: nothing
  }

  @Test
  void valuesOutsideTheReplacementsAreRefused() {
    assertThat(Charsmap.fault(table(3, "b\0"))).isEqualTo("its table leads out of itself");
    assertThat(Charsmap.fault(table(1, "é\0"))).isEqualTo("its table leads out of itself");
  }

  @Test
  void nodesOutsideTheTableAreRefused() {
    assertThat(Charsmap.fault(encoded(new int[] {1 << 10, 0}, new byte[0])))
        .isEqualTo("its table leads out of itself");
    assertThat(Charsmap.fault(encoded(new int[0], new byte[0])))
        .isEqualTo("its table is cut short");
  }

  @Test
  void whatIsNoTableIsRefused() {
    assertThat(Charsmap.fault("?")).isEqualTo("its table is not base64");
    assertThat(Charsmap.fault("")).isEqualTo("its table is cut short");
    assertThat(Charsmap.fault(encoded(new int[256], new byte[] {(byte) 0xFF})))
        .isEqualTo("its replacements are not UTF-8");
  }
}
