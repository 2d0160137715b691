package io.github.deepcut.data;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Cuts a stream of bytes into lines, at each line feed. */
public final class Lines {
  private static final int BLOCK = 1 << 20;

  private Lines() {}

  /** Takes a line: {@code length} bytes, which lie at {@code start} in the file. */
  @FunctionalInterface
  interface Sink {
    void line(long start, byte[] bytes, int from, int length) throws IOException;
  }

  /**
   * Gives {@code sink} every line that is not blank, without its line feed.
   *
   * @param offset where in the file the stream begins
   */
  static void each(InputStream in, long offset, Sink sink) throws IOException {
    byte[] buffer = new byte[BLOCK];
    long start = offset; // of buffer[0]
    int held = 0;
    for (int n; (n = in.read(buffer, held, buffer.length - held)) >= 0; ) {
      int from = 0;
      int end = held + n;
      for (int i = held; i < end; i++) {
        if (buffer[i] == '\n') {
          give(start, buffer, from, i, sink);
          from = i + 1;
        }
      }
      start += from;
      held = end - from;
      System.arraycopy(buffer, from, buffer, 0, held);
      if (held == buffer.length) {
        buffer = Arrays.copyOf(buffer, 2 * held);
      }
    }
    give(start, buffer, 0, held, sink);
  }

  private static void give(long start, byte[] buffer, int from, int to, Sink sink)
      throws IOException {
    for (int i = from; i < to; i++) {
      if (buffer[i] < 0 || buffer[i] > ' ') {
        sink.line(start + from, buffer, from, to - from);
        return;
      }
    }
  }
}
