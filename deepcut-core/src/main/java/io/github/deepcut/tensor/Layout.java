package io.github.deepcut.tensor;

import io.github.deepcut.run.FileErrors;
import io.github.deepcut.run.InputException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Where the tensors lie in a safetensors file; its format is described at {@link SafeTensors}. No
 * libtorch in here.
 *
 * @param dataStart the first byte behind the header
 */
record Layout(Path path, long dataStart, Header header) {
  /**
   * Reads and checks the header.
   *
   * @throws InputException if the file cannot be read or breaks a rule of the format
   */
  static Layout read(Path path) {
    try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
      long size = file.size();
      if (size < Long.BYTES) {
        throw new InputException(path + ": has " + size + " bytes: must begin with 8 for a length");
      }
      long length = read(file, 0, Long.BYTES).getLong();
      long most = Math.min(Header.MAX_BYTES, size - Long.BYTES);
      if (length < 0 || length > most) {
        String shown = Long.toUnsignedString(length);
        throw new InputException(path + ": header length " + shown + " must be at most " + most);
      }
      byte[] json = read(file, Long.BYTES, (int) length).array();
      long dataStart = Long.BYTES + length;
      return new Layout(path, dataStart, HeaderParser.parse(path, json, size - dataStart));
    } catch (IOException e) {
      throw FileErrors.unreadable(path, e);
    }
  }

  /** Reads a part of a file, little-endian. */
  static ByteBuffer read(FileChannel file, long position, int size) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    readFully(file, buffer, position);
    return buffer.flip();
  }

  /** Reads until the buffer is full. */
  static void readFully(FileChannel from, ByteBuffer to, long position) throws IOException {
    long at = position;
    while (to.hasRemaining()) {
      int n = from.read(to, at);
      if (n < 0) {
        throw new EOFException("it ends at byte " + at + ", " + to.remaining() + " too early");
      }
      at += n;
    }
  }
}
