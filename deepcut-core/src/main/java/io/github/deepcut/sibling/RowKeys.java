package io.github.deepcut.sibling;

import io.github.deepcut.data.Dataset;
import io.github.deepcut.data.RowContent;
import io.github.deepcut.pool.PoolFile;
import io.github.deepcut.provenance.Hashes;
import io.github.deepcut.run.FileErrors;
import io.github.deepcut.run.InputException;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The rows that a pool of siblings was asked about, by what they say, so that they are found again
 * in a file with fewer rows or in another order.
 *
 * @param keys 16 bytes of the SHA-256 of each row's {@link RowContent}; {@link #GONE} where a row
 *     was forgotten
 */
record RowKeys(List<ByteBuffer> keys) {
  private static final int BYTES = 16;

  /** Of a row that was forgotten. */
  static final ByteBuffer GONE = ByteBuffer.wrap(new byte[BYTES]);

  /** The name of the file in a pool's folder. */
  static final String FILE = "rows";

  static RowKeys of(List<Dataset> parts) {
    List<ByteBuffer> keys = new ArrayList<>();
    for (Dataset part : parts) {
      part.examples().forEach(e -> keys.add(key(RowContent.of(e))));
    }
    return new RowKeys(keys);
  }

  private static ByteBuffer key(byte[] content) {
    return ByteBuffer.wrap(Hashes.of(content), 0, BYTES).slice();
  }

  /** Those of a pool. */
  static RowKeys read(Path folder) {
    Path file = folder.resolve(FILE);
    try {
      ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file));
      List<ByteBuffer> keys = new ArrayList<>();
      while (in.hasRemaining()) {
        byte[] key = new byte[BYTES];
        in.get(key);
        keys.add(ByteBuffer.wrap(key));
      }
      return new RowKeys(keys);
    } catch (BufferUnderflowException e) {
      throw new InputException(file + ": is damaged: delete the folder", e);
    } catch (IOException e) {
      throw FileErrors.unreadable(file, e);
    }
  }

  void write(Path folder) {
    ByteBuffer out = ByteBuffer.allocate(BYTES * keys.size());
    keys.forEach(key -> out.put(key.duplicate()));
    PoolFile.replace(folder.resolve(FILE), out.flip());
  }

  /** SHA-256 of the keys from one row to before another, in hexadecimal. */
  String digest(int from, int to) {
    MessageDigest sha = Hashes.sha256();
    keys.subList(from, to).forEach(key -> sha.update(key.duplicate()));
    return Hashes.hex(sha.digest());
  }

  /** These with some rows gone. */
  RowKeys without(BitSet rows) {
    List<ByteBuffer> left = new ArrayList<>(keys);
    rows.stream().forEach(row -> left.set(row, GONE));
    return new RowKeys(left);
  }

  /** The rows that were forgotten. */
  BitSet gone() {
    BitSet gone = new BitSet();
    IntStream.range(0, keys.size()).filter(i -> keys.get(i).equals(GONE)).forEach(gone::set);
    return gone;
  }
}
