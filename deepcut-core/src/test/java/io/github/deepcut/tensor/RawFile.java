package io.github.deepcut.tensor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Safetensors files put together by hand, right or wrong. */
final class RawFile {
  private RawFile() {}

  /** A file of a header and data, its length field as it should be. */
  static Path write(Path file, String header, byte... data) {
    return write(file, header.getBytes(StandardCharsets.UTF_8).length, header, data);
  }

  /** A file that claims any header length. */
  static Path write(Path file, long length, String header, byte... data) {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer all =
        ByteBuffer.allocate(8 + json.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
    return write(file, all.putLong(length).put(json).put(data).array());
  }

  static Path write(Path file, byte[] bytes) {
    try {
      return Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The header's text for one tensor. */
  static String entry(String name, String dtype, String shape, String offsets) {
    return String.format(
        "\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":%s}", name, dtype, shape, offsets);
  }
}
