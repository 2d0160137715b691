package io.github.deepcut.data;

import io.github.deepcut.tensor.Tensors;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * Sequences padded to the longest, as tensors; B rows of T tokens holding N items in all.
 *
 * @param ids token ids (B, T)
 * @param types segment ids (B, T)
 * @param mask 0 for a token, -inf for padding (B, 1, 1, T), to be added to attention scores
 * @param items row-major position of each item in (B*T), (N)
 * @param labels class index of each item, -1 where unknown (N)
 * @param rows the sequences, one a row
 */
public record Batch(
    Tensor ids, Tensor types, Tensor mask, Tensor items, int[] labels, List<Sequence> rows) {

  /** Pads {@code rows} with {@code padId}; the tensors belong to the caller's pointer scope. */
  public static Batch of(List<Sequence> rows, int padId) {
    int b = rows.size();
    int t = rows.stream().mapToInt(r -> r.ids().length).max().orElseThrow();
    int n = rows.stream().mapToInt(r -> r.positions().length).sum();
    long[] ids = new long[b * t];
    Arrays.fill(ids, padId);
    long[] types = new long[b * t];
    float[] mask = new float[b * t];
    Arrays.fill(mask, Float.NEGATIVE_INFINITY);
    int[] items = new int[n];
    int[] labels = new int[n];
    int next = 0;
    for (int r = 0; r < b; r++) {
      Sequence row = rows.get(r);
      for (int k = 0; k < row.ids().length; k++) {
        ids[r * t + k] = row.ids()[k];
        types[r * t + k] = row.types()[k];
        mask[r * t + k] = 0;
      }
      for (int k = 0; k < row.positions().length; k++) {
        items[next] = r * t + row.positions()[k];
        labels[next++] = row.labels()[k];
      }
    }
    return new Batch(
        Tensor.create(ids, b, t),
        Tensor.create(types, b, t),
        Tensor.create(mask, b, 1, 1, t),
        Tensors.longs(items),
        labels,
        rows);
  }
}
