package io.github.deepcut.tensor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/**
 * Moves bytes between channels and the memory of dense CPU tensors, through windows that a Java
 * buffer can span. libtorch runs on little-endian machines only, so bytes move as they are.
 */
final class TensorBytes {
  static final int WINDOW = 1 << 30;

  private TensorBytes() {}

  /** Fills a tensor from a file. */
  static void fill(Tensor tensor, FileChannel from, long position) throws IOException {
    each(tensor, WINDOW, (at, window) -> Layout.readFully(from, window, position + at));
  }

  /** Writes a tensor's bytes. */
  static void write(Tensor tensor, WritableByteChannel to) throws IOException {
    each(tensor, WINDOW, (at, window) -> writeFully(to, window));
  }

  /** Writes all of the buffer. */
  static void writeFully(WritableByteChannel to, ByteBuffer from) throws IOException {
    while (from.hasRemaining()) {
      to.write(from);
    }
  }

  /** Visits a contiguous tensor's memory, {@code size} bytes at a time. */
  static void each(Tensor tensor, int size, Visitor visitor) throws IOException {
    long bytes = tensor.nbytes();
    if (bytes == 0) {
      return;
    }
    try (var scope = new PointerScope()) {
      BytePointer memory = new BytePointer(tensor.data_ptr());
      for (long at = 0; at < bytes; at += size) {
        long end = Math.min(bytes, at + size);
        visitor.visit(at, memory.position(at).limit(end).asByteBuffer());
      }
    }
  }

  /** Takes one window and the byte at which it begins. */
  @FunctionalInterface
  interface Visitor {
    void visit(long at, ByteBuffer window) throws IOException;
  }
}
