package io.github.deepcut.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;

/** An input that stands for several files: their bytes with {@code "\n====\n"} between them. */
public record Parts(List<byte[]> all) {
  private static final String BETWEEN = "\n====\n";

  public static Parts of(byte[] input) {
    List<byte[]> all = new ArrayList<>();
    for (String part : new String(input, ISO_8859_1).split(BETWEEN, -1)) {
      all.add(part.getBytes(ISO_8859_1));
    }
    return new Parts(all);
  }

  /** The file of that number; an empty one where there are fewer. */
  public byte[] get(int number) {
    return number < all.size() ? all.get(number) : new byte[0];
  }

  /** Whether there is a file of that number. */
  public boolean has(int number) {
    return number < all.size();
  }
}
