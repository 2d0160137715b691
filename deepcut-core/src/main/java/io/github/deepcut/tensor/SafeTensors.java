package io.github.deepcut.tensor;

import io.github.deepcut.run.FileErrors;
import io.github.deepcut.run.InputException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * A file in the safetensors format. {@link #open} reads the header alone; each tensor is read from
 * the file when it is asked for, so the file may be larger than memory and must not change.
 *
 * <pre>
 * bytes         content
 * 0 .. 8        N: unsigned 64-bit little-endian; at most 100,000,000 and the file's size - 8
 * 8 .. 8+N      the header: a JSON object in UTF-8, first byte '{', padded at its end with spaces
 * 8+N .. end    the data: the tensors' elements, little-endian, row-major, without gaps
 *
 * header        { "__metadata__": { string: string, ... },               optional
 *                 NAME: { "dtype": DTYPE, "shape": [n, ...], "data_offsets": [begin, end] }, ... }
 * </pre>
 *
 * <p>No key may occur twice and no other field may stand there. DTYPE is a {@link DType}; extents
 * are integers of 0 or more, those other than 0 multiplying to less than 2^63; offsets count from
 * the end of the header, 0 &lt;= begin &lt;= end &lt;= size of the data, and end - begin is the
 * product of the extents times the bits of an element / 8, which must divide. Sorted by offset, the
 * tensors begin at 0, follow each other without overlap or hole, and end with the file.
 */
public final class SafeTensors {
  private final Path path;
  private final long dataStart;
  private final Header header;

  private SafeTensors(Layout layout) {
    this.path = layout.path();
    this.dataStart = layout.dataStart();
    this.header = layout.header();
  }

  /**
   * Reads and checks the header.
   *
   * @throws InputException if the file cannot be read or breaks a rule of the format
   */
  public static SafeTensors open(Path path) {
    return new SafeTensors(Layout.read(path));
  }

  /** The file. */
  public Path path() {
    return path;
  }

  /** The strings under {@code __metadata__}, in the order of the header. */
  public Map<String, String> metadata() {
    return header.metadata();
  }

  /** The tensors by name, in the order of the header. */
  public Map<String, TensorEntry> entries() {
    return header.entries();
  }

  /**
   * A tensor's bytes, little-endian.
   *
   * @throws IllegalArgumentException if there is no such tensor, or it is too large for one buffer
   * @throws InputException if the file cannot be read
   */
  public ByteBuffer bytes(String name) {
    TensorEntry entry = entry(name);
    if (entry.byteSize() > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(name + " has " + entry.byteSize() + " bytes: use copy");
    }
    try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
      return Layout.read(file, dataStart + entry.begin(), (int) entry.byteSize());
    } catch (IOException e) {
      throw FileErrors.unreadable(path, e);
    }
  }

  /**
   * Copies a tensor's bytes, whatever their number.
   *
   * @throws IllegalArgumentException if there is no such tensor
   * @throws IOException if the file cannot be read or the channel not written
   */
  public void copy(String name, WritableByteChannel to) throws IOException {
    TensorEntry entry = entry(name);
    long at = dataStart + entry.begin();
    long end = dataStart + entry.end();
    try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
      while (at < end) {
        if (at >= file.size()) {
          throw new EOFException(path + " ends at byte " + at + ", " + (end - at) + " too early");
        }
        at += file.transferTo(at, end - at, to);
      }
    }
  }

  /**
   * Reads a tensor into memory of its own on the CPU. It belongs to the caller's scope.
   *
   * @throws IllegalArgumentException if there is no such tensor
   * @throws InputException if libtorch lacks its type, or the file cannot be read
   */
  public Tensor read(String name) {
    TensorEntry entry = entry(name);
    ScalarType type =
        entry.dtype().scalarType().orElseThrow(() -> new InputException(lacking(entry)));
    long[] shape = entry.shape().stream().mapToLong(Long::longValue).toArray();
    Tensor tensor;
    try (TensorOptions options = new TensorOptions(type)) {
      tensor = torch.empty(shape, options, null);
    }
    try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
      TensorBytes.fill(tensor, file, dataStart + entry.begin());
      return tensor;
    } catch (IOException e) {
      tensor.close();
      throw FileErrors.unreadable(path, e);
    }
  }

  /**
   * Writes a new file, the tensors in the order given.
   *
   * @param path where no file is yet; after a failure a part of one may stand there
   * @param metadata what {@code __metadata__} shall hold; left out when empty
   * @param tensors the tensors, no name twice
   * @throws IllegalArgumentException if a name occurs twice
   * @throws InputException if a file is there, a source cannot be read or the file not written
   */
  public static void write(Path path, Map<String, String> metadata, List<TensorSource> tensors) {
    Header header = Header.lay(metadata, tensors);
    try (FileChannel file =
        FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      byte[] json = header.toBytes();
      ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      TensorBytes.writeFully(file, length.putLong(json.length).flip());
      TensorBytes.writeFully(file, ByteBuffer.wrap(json));
      for (TensorSource source : tensors) {
        if (source instanceof TensorSource.Stored stored) {
          stored.file().copy(stored.name(), file);
        } else if (source instanceof TensorSource.Values values) {
          write(values, file);
        }
      }
    } catch (IOException e) {
      throw FileErrors.unwritable(path, e);
    }
  }

  private static void write(TensorSource.Values values, FileChannel to) throws IOException {
    ScalarType type = values.dtype().scalarType().orElseThrow();
    try (var scope = new PointerScope()) {
      Tensor moved = values.tensor().detach().to(new Device("cpu"), type);
      TensorBytes.write(moved.resolve_conj().resolve_neg().contiguous(), to);
    }
  }

  private TensorEntry entry(String name) {
    TensorEntry entry = header.entries().get(name);
    if (entry == null) {
      throw new IllegalArgumentException(path + ": holds no tensor " + Header.quote(name));
    }
    return entry;
  }

  private String lacking(TensorEntry e) {
    return path + ": tensor " + Header.quote(e.name()) + ": libtorch has no type " + e.dtype();
  }
}
