package io.github.deepcut.data;

import io.github.deepcut.tensor.Tensors;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * Images of one size as tensors; each is one item.
 *
 * @param pixels 0 to 1, not normalised (B, C, H, W)
 * @param labels class index of each, -1 where unknown (B)
 */
public record ImageBatch(Tensor pixels, int[] labels) implements Batch {

  @Override
  public ImageBatch beside(Tensor where) {
    return new ImageBatch(Tensors.beside(pixels, where), labels);
  }

  /** Stacks {@code rows}; the tensor belongs to the caller's pointer scope. */
  public static ImageBatch of(List<Picture> rows) {
    ImageSize size = rows.get(0).size();
    int each = size.values();
    float[] pixels = new float[rows.size() * each];
    int next = 0;
    for (Picture row : rows) {
      if (!row.size().equals(size)) {
        throw new IllegalArgumentException(
            "images of " + size + " and " + row.size() + " in one batch");
      }
      for (byte p : row.pixels()) {
        pixels[next++] = Byte.toUnsignedInt(p) / 255f;
      }
    }
    int[] labels = rows.stream().mapToInt(r -> r.labels()[0]).toArray();
    return new ImageBatch(
        Tensor.create(pixels, rows.size(), size.channels(), size.height(), size.width()), labels);
  }
}
