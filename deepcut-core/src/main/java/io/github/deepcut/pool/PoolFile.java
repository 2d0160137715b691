package io.github.deepcut.pool;

import io.github.deepcut.run.FileErrors;
import io.github.deepcut.run.InputException;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * The file of what one model says. All numbers are big-endian.
 *
 * <pre>
 * bytes      content
 * 8          "DCSHADOW"
 * 32         SHA-256 of the pool's identity
 * 4          number of the model, 0 or more
 * 4          n, samples of the population, 0 or more
 * n x        1 byte: 1 if it was trained on the sample, else 0
 *            4 bytes: k, items of the sample, 0 or more
 *            k x 4 bytes: float32, log odds of each item's true class
 * 4          CRC-32C of all bytes before
 * </pre>
 *
 * It is written aside, forced to the disk and renamed, so that it is there whole or not at all.
 */
public final class PoolFile {
  private static final long MAGIC = 0x4443534841444f57L; // DCSHADOW
  private static final int FIXED = Long.BYTES + 32 + 3 * Integer.BYTES;

  private PoolFile() {}

  static void write(Path file, byte[] identity, PooledModel said) {
    ByteBuffer out = ByteBuffer.allocate(size(said));
    out.putLong(MAGIC).put(identity).putInt(said.model()).putInt(said.members().length);
    for (int i = 0; i < said.members().length; i++) {
      out.put((byte) (said.members()[i] ? 1 : 0)).putInt(said.logOdds()[i].length);
      for (float item : said.logOdds()[i]) {
        out.putFloat(item);
      }
    }
    out.putInt(checksum(out.array(), out.position()));
    replace(file, out.flip());
  }

  /**
   * Writes bytes aside and gives them their name once they are on the disk.
   *
   * @param file what to call it
   * @param bytes all that it is to hold
   */
  public static void replace(Path file, ByteBuffer bytes) {
    Path aside = file.resolveSibling(file.getFileName() + "." + ProcessHandle.current().pid());
    try {
      try (FileChannel to =
          FileChannel.open(
              aside,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        while (bytes.hasRemaining()) {
          to.write(bytes);
        }
        to.force(true);
      }
      Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
      forceFolder(file.toAbsolutePath().getParent());
    } catch (IOException e) {
      throw FileErrors.unwritable(file, e);
    }
  }

  /** Whether a file has such a name as {@link #replace} gives before the right one. */
  static boolean isAside(Path file) {
    return file.getFileName()
        .toString()
        .matches("(\\d+\\.(shadow|sibling)|pool\\.json|rows|seconds)\\.\\d+");
  }

  private static void forceFolder(Path folder) throws IOException {
    if (!System.getProperty("os.name").startsWith("Windows")) { // it cannot open a folder
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  /**
   * Reads a file.
   *
   * @throws InputException if it is damaged or of another pool
   */
  static PooledModel read(Path file, byte[] identity) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      ByteBuffer in = ByteBuffer.wrap(bytes);
      if (bytes.length < FIXED
          || in.getLong() != MAGIC
          || in.getInt(bytes.length - Integer.BYTES)
              != checksum(bytes, bytes.length - Integer.BYTES)) {
        throw damaged(file);
      }
      byte[] found = new byte[32];
      in.get(found);
      if (!Arrays.equals(found, identity)) {
        throw new InputException(file + ": is of another pool: delete it");
      }
      return content(in);
    } catch (BufferUnderflowException | NegativeArraySizeException e) {
      throw damaged(file);
    } catch (IOException e) {
      throw FileErrors.unreadable(file, e);
    }
  }

  private static PooledModel content(ByteBuffer in) {
    int model = in.getInt();
    int n = bounded(in, in.getInt(), 1 + Integer.BYTES);
    boolean[] members = new boolean[n];
    float[][] logOdds = new float[n][];
    for (int i = 0; i < n; i++) {
      members[i] = in.get() != 0;
      logOdds[i] = new float[bounded(in, in.getInt(), Float.BYTES)];
      for (int k = 0; k < logOdds[i].length; k++) {
        logOdds[i][k] = in.getFloat();
      }
    }
    return new PooledModel(model, members, logOdds);
  }

  /** A count whose elements can lie in what is left. */
  private static int bounded(ByteBuffer in, int count, int bytesEach) {
    if (count < 0 || count > in.remaining() / bytesEach) {
      throw new BufferUnderflowException();
    }
    return count;
  }

  private static InputException damaged(Path file) {
    return new InputException(file + ": is damaged: delete it, and the model is trained again");
  }

  private static int size(PooledModel said) {
    long items = Arrays.stream(said.logOdds()).mapToLong(row -> row.length).sum();
    return Math.toIntExact(FIXED + 5L * said.members().length + Float.BYTES * items);
  }

  private static int checksum(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }
}
