package io.github.deepcut.data.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.BitSet;
import java.util.Deque;

/**
 * SentencePiece's table of normalisations: a trie as a double array (Yata, darts-clone), which maps
 * text to places in a list of replacements. Little-endian.
 *
 * <pre>
 * 4         bytes of the trie, n
 * n         units of 4 bytes: label (8 bits), has a value (1), offset (22) and its scale (1)
 * rest      replacements in UTF-8, each ended by a byte 0
 * </pre>
 */
final class Charsmap {
  private final int[] units;
  private final byte[] replacements;

  private Charsmap(int[] units, byte[] replacements) {
    this.units = units;
    this.replacements = replacements;
  }

  /** What is wrong with it: whether any text could lead out of trie or replacements; else null. */
  static String fault(String base64) {
    ByteBuffer in;
    try {
      in = ByteBuffer.wrap(Base64.getDecoder().decode(base64)).order(ByteOrder.LITTLE_ENDIAN);
    } catch (IllegalArgumentException e) {
      return "its table is not base64";
    }
    long bytes = in.remaining() < Integer.BYTES ? -1 : Integer.toUnsignedLong(in.getInt());
    if (bytes < Integer.BYTES || bytes > in.remaining()) {
      return "its table is cut short";
    }
    int[] units = new int[(int) bytes / Integer.BYTES];
    in.asIntBuffer().get(units);
    in.position(in.position() + units.length * Integer.BYTES);
    byte[] rest = new byte[in.remaining()];
    in.get(rest);
    try {
      UTF_8.newDecoder().decode(ByteBuffer.wrap(rest));
    } catch (CharacterCodingException e) {
      return "its replacements are not UTF-8";
    }
    return new Charsmap(units, rest).isClosed() ? null : "its table leads out of itself";
  }

  /** Visits every node that a text can lead to. */
  private boolean isClosed() {
    BitSet seen = new BitSet();
    Deque<Integer> next = new ArrayDeque<>();
    next.push(offset(units[0]));
    while (!next.isEmpty()) {
      int node = next.pop();
      for (int c = 1; c < 256; c++) {
        int at = node ^ c;
        if (at >= units.length) {
          return false;
        }
        if ((units[at] & 0x800000FF) == c) {
          int child = at ^ offset(units[at]);
          if (hasValue(units[at]) && !isReplacement(child)) {
            return false;
          }
          if (!seen.get(child)) {
            seen.set(child);
            next.push(child);
          }
        }
      }
    }
    return true;
  }

  private static int offset(int unit) {
    return (unit >>> 10) << ((unit & 0x200) >>> 6);
  }

  private static boolean hasValue(int unit) {
    return ((unit >>> 8) & 1) == 1;
  }

  /** Whether the value at {@code node} is the beginning of a character, or the end. */
  private boolean isReplacement(int node) {
    if (node >= units.length) {
      return false;
    }
    int place = units[node] & 0x7FFFFFFF;
    return place == replacements.length
        || (place < replacements.length && (replacements[place] & 0xC0) != 0x80);
  }
}
