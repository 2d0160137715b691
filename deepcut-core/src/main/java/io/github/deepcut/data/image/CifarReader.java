package io.github.deepcut.data.image;

import io.github.deepcut.data.Column;
import io.github.deepcut.data.ImageSize;
import io.github.deepcut.data.SourceFile;
import io.github.deepcut.data.Table;
import io.github.deepcut.run.InputException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads CIFAR's binary batches: records without a header, one after the other.
 *
 * <pre>
 * CIFAR-10 (3,073 bytes a record)       CIFAR-100 (3,074 bytes a record)
 *   0         label, 0 to 9               0         coarse label, 0 to 19
 *                                         1         fine label, 0 to 99
 *   1…3072    pixels                      2…3073    pixels
 * </pre>
 *
 * <p>The pixels are 1,024 red ones, then green, then blue, row after row. The length of a file
 * tells which of the two it is; one that fits both (3,073 × 3,074 bytes and multiples) is CIFAR-100
 * if {@code fine_label_names.txt} lies beside it. Labels are called as {@code batches.meta.txt} or
 * {@code fine_label_names.txt} beside the file says, else by their numbers. CIFAR-100's coarse
 * labels become the column {@code coarse_label}.
 */
final class CifarReader {
  private static final ImageSize SIZE = new ImageSize(3, 32, 32);
  private static final String TEN = "batches.meta.txt";
  private static final String HUNDRED = "fine_label_names.txt";
  private static final String COARSE = "coarse_label_names.txt";

  private final ImageTable images;
  private final List<String> coarse = new ArrayList<>();

  private CifarReader(String name) {
    images = new ImageTable(name);
  }

  /** Reads batches of one kind in this order, as {@code name}. */
  static Table read(List<SourceFile> batches, String name) {
    CifarReader reader = new CifarReader(name);
    for (SourceFile batch : batches) {
      try {
        reader.batch(batch);
      } catch (IOException e) {
        throw batch.unreadable(e);
      }
    }
    return reader.images.with(
        reader.coarse.isEmpty()
            ? List.of()
            : List.of(new Column("coarse_label", "VARCHAR", reader.coarse)));
  }

  private void batch(SourceFile batch) throws IOException {
    long length = length(batch);
    boolean hundred = isHundred(batch, length);
    if (images.size() > 0 && coarse.isEmpty() == hundred) {
      throw batch.wrong("CIFAR-10 and CIFAR-100 in one folder, expected one of them");
    }
    int head = hundred ? 2 : 1;
    LabelNames fineNames = names(batch, hundred ? HUNDRED : TEN);
    LabelNames coarseNames = names(batch, COARSE);
    try (InputStream in = new BufferedInputStream(batch.open())) {
      for (long record = 0; record < length / (head + SIZE.values()); record++) {
        byte[] labels = in.readNBytes(head);
        byte[] pixels = in.readNBytes(SIZE.values());
        if (pixels.length < SIZE.values()) {
          throw batch.wrong("it became shorter while it was read, expected " + length + " bytes");
        }
        String place = batch.name() + ": record " + record;
        if (hundred) {
          coarse.add(label(labels[0], 20, coarseNames, place));
        }
        String label = label(labels[head - 1], hundred ? 100 : 10, fineNames, place);
        images.addOf(batch.name(), new Pixels(pixels, SIZE), label);
      }
    }
  }

  private static boolean isHundred(SourceFile batch, long length) {
    boolean ten = length % (1 + SIZE.values()) == 0;
    boolean hundred = length % (2 + SIZE.values()) == 0;
    if (!ten && !hundred) {
      throw batch.wrong(
          length
              + " bytes, expected a multiple of 3073 (CIFAR-10) or of 3074 (CIFAR-100): cut short, or"
              + " no CIFAR batch");
    }
    return hundred && (!ten || names(batch, HUNDRED).file() != null);
  }

  private static String label(byte raw, int classes, LabelNames names, String place) {
    int label = Byte.toUnsignedInt(raw);
    if (label >= classes) {
      throw new InputException(
          "%s: label %d, expected 0 to %d".formatted(place, label, classes - 1));
    }
    return names.of(label, place);
  }

  private static LabelNames names(SourceFile batch, String file) {
    return LabelNames.beside(batch.path().toAbsolutePath().getParent(), file);
  }

  /** In bytes, unpacked. */
  private static long length(SourceFile batch) throws IOException {
    try (InputStream in = batch.open()) {
      return batch.gzip() ? in.transferTo(java.io.OutputStream.nullOutputStream()) : batch.size();
    }
  }
}
