package io.github.deepcut.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** Damages whole inputs: the same seed gives the same damage. */
final class Mutations {
  private static final long[] NUMBERS = {
    0,
    1,
    -1,
    127,
    128,
    255,
    32767,
    32768,
    65535,
    0x7FFFFFFF,
    0x80000000L,
    0xFFFFFFFFL,
    1L << 40,
    Long.MAX_VALUE,
    Long.MIN_VALUE
  };
  private static final List<String> TOKENS =
      Stream.concat(
              Stream.of("\u0000", "\n", "\n\n", "\r", "\t", " ", "\u2028", "\uFEFF", "\n====\n"),
              Stream.of(
                  ("null true {} [] [ { } ] , : \" ' \\ \\ud800 \"\" -1 0 1e999 NaN 1.5 2147483648"
                          + " 9223372036854775808 ../ #=a O B-")
                      .split(" ")))
          .toList();

  private final SplittableRandom random;
  private final List<byte[]> seeds;

  Mutations(long seed, List<byte[]> seeds) {
    this.random = new SplittableRandom(seed);
    this.seeds = List.copyOf(seeds);
  }

  /** One of the whole inputs with one to six changes. */
  byte[] next() {
    byte[] input = any();
    for (int changes = 1 + random.nextInt(6); changes > 0; changes--) {
      input = changed(input);
    }
    return input;
  }

  private byte[] any() {
    return seeds.get(random.nextInt(seeds.size()));
  }

  private byte[] changed(byte[] input) {
    int at = random.nextInt(input.length + 1);
    int length = Math.min(input.length - at, 1 + random.nextInt(16));
    byte[] part = Arrays.copyOfRange(input, at, at + length);
    return switch (random.nextInt(8)) {
      case 0 -> replaced(input, at, length, new byte[0]);
      case 1 -> replaced(input, at, 0, part);
      case 2 -> replaced(input, random.nextInt(input.length + 1), 0, part);
      case 3 -> replaced(input, at, random.nextBoolean() ? length : 0, token());
      case 4 -> replaced(input, at, input.length - at, end(any()));
      case 5 -> number(input, at);
      case 6 -> random.nextInt(8) == 0 ? Arrays.copyOf(input, at) : bit(input, at);
      default -> bit(input, at);
    };
  }

  private byte[] token() {
    return TOKENS.get(random.nextInt(TOKENS.size())).getBytes(UTF_8);
  }

  private byte[] end(byte[] of) {
    return Arrays.copyOfRange(of, random.nextInt(of.length + 1), of.length);
  }

  private static byte[] replaced(byte[] input, int at, int length, byte[] by) {
    byte[] out = new byte[input.length - length + by.length];
    System.arraycopy(input, 0, out, 0, at);
    System.arraycopy(by, 0, out, at, by.length);
    System.arraycopy(input, at + length, out, at + by.length, input.length - at - length);
    return out;
  }

  private byte[] bit(byte[] input, int at) {
    byte[] out = input.clone();
    if (at < out.length) {
      out[at] ^= (byte) (1 << random.nextInt(8));
    }
    return out;
  }

  /** Sets a number of 1, 2, 4 or 8 bytes, in either order of its bytes. */
  private byte[] number(byte[] input, int at) {
    byte[] out = input.clone();
    long value = NUMBERS[random.nextInt(NUMBERS.length)] + random.nextInt(3) - 1;
    int width = 1 << random.nextInt(4);
    boolean little = random.nextBoolean();
    for (int i = 0; i < width && at + i < out.length; i++) {
      out[at + i] = (byte) (value >> (8 * (little ? i : width - 1 - i)));
    }
    return out;
  }
}
