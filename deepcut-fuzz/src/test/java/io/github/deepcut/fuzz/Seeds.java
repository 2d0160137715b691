package io.github.deepcut.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Small whole files. */
final class Seeds {
  private Seeds() {}

  /** A safetensors file that holds a byte under each name. */
  static byte[] tensors(String... names) {
    String header =
        IntStream.range(0, names.length)
            .mapToObj(
                i ->
                    "\"%s\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[%d,%d]}"
                        .formatted(names[i], i, i + 1))
            .collect(Collectors.joining(",", "{", "}"));
    byte[] json = header.getBytes(UTF_8);
    ByteBuffer file = ByteBuffer.allocate(8 + json.length + names.length);
    file.order(ByteOrder.LITTLE_ENDIAN).putLong(json.length).put(json);
    return Arrays.copyOf(file.array(), file.capacity());
  }
}
