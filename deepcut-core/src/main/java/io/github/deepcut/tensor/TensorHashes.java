package io.github.deepcut.tensor;

import io.github.deepcut.run.FileErrors;
import io.github.deepcut.run.InputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** SHA-256 of the bytes of each tensor of a safetensors file; libtorch is not needed. */
public final class TensorHashes {
  private static final int WINDOW = 1 << 20;

  private TensorHashes() {}

  /**
   * The hashes in lower-case hexadecimal, by the tensors' names in alphabetical order.
   *
   * @throws InputException if the file cannot be read or breaks a rule of the format
   */
  public static Map<String, String> of(Path path) {
    Layout layout = Layout.read(path);
    List<TensorEntry> entries = List.copyOf(layout.header().entries().values());
    try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
      Map<String, String> hashes = new TreeMap<>();
      entries.parallelStream()
          .map(e -> Map.entry(e.name(), hash(file, path, layout.dataStart(), e)))
          .toList()
          .forEach(e -> hashes.put(e.getKey(), e.getValue()));
      return hashes;
    } catch (IOException e) {
      throw FileErrors.unreadable(path, e);
    }
  }

  private static String hash(FileChannel file, Path path, long dataStart, TensorEntry entry) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      ByteBuffer window = ByteBuffer.allocate((int) Math.min(WINDOW, entry.byteSize()));
      for (long at = entry.begin(); at < entry.end(); at += window.limit()) {
        window.clear().limit((int) Math.min(window.capacity(), entry.end() - at));
        Layout.readFully(file, window, dataStart + at);
        digest.update(window.flip());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException e) {
      throw FileErrors.unreadable(path, e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
