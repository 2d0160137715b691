package io.github.deepcut.data;

import io.github.deepcut.tensor.Tensors;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * Sequences as tensors, packed: R real tokens in all, no padding, holding N items. Only attention
 * spreads them over a padded grid of B rows and T columns.
 *
 * @param sequences what was packed
 * @param ids token ids (R)
 * @param types segment ids (R)
 * @param positions place of each token in its sequence (R)
 * @param cells row-major place of each token in the (B, T) grid (R)
 * @param mask 0 for a token of the grid, -inf for padding (B, 1, 1, T), for attention scores
 * @param items the tokens that are items (N)
 * @param labels class index of each item, -1 where unknown (N)
 * @param rows B
 * @param columns T
 * @param oneItemEach whether every row has exactly one item, as sentences have
 */
public record TextBatch(
    List<Sequence> sequences,
    Tensor ids,
    Tensor types,
    Tensor positions,
    Tensor cells,
    Tensor mask,
    Tensor items,
    int[] labels,
    int rows,
    int columns,
    boolean oneItemEach)
    implements Batch {

  /** Whether all rows are equally long, so that the grid holds no padding. */
  public boolean full() {
    return ids.size(0) == (long) rows * columns;
  }

  @Override
  public TextBatch beside(Tensor where) {
    return new TextBatch(
        sequences,
        Tensors.beside(ids, where),
        Tensors.beside(types, where),
        Tensors.beside(positions, where),
        Tensors.beside(cells, where),
        Tensors.beside(mask, where),
        Tensors.beside(items, where),
        labels,
        rows,
        columns,
        oneItemEach);
  }

  /** Packs {@code rows}; the tensors belong to the caller's pointer scope. */
  public static TextBatch of(List<Sequence> rows) {
    int b = rows.size();
    int t = rows.stream().mapToInt(r -> r.ids().length).max().orElseThrow();
    int real = rows.stream().mapToInt(r -> r.ids().length).sum();
    int n = rows.stream().mapToInt(r -> r.positions().length).sum();
    int[] ids = new int[real];
    int[] types = new int[real];
    int[] positions = new int[real];
    int[] cells = new int[real];
    float[] mask = new float[b * t];
    Arrays.fill(mask, Float.NEGATIVE_INFINITY);
    int[] items = new int[n];
    int[] labels = new int[n];
    int token = 0;
    int item = 0;
    for (int r = 0; r < b; r++) {
      Sequence row = rows.get(r);
      for (int k = 0; k < row.positions().length; k++) {
        items[item] = token + row.positions()[k];
        labels[item++] = row.labels()[k];
      }
      for (int k = 0; k < row.ids().length; k++, token++) {
        ids[token] = row.ids()[k];
        types[token] = row.types()[k];
        positions[token] = k;
        cells[token] = r * t + k;
        mask[r * t + k] = 0;
      }
    }
    return new TextBatch(
        List.copyOf(rows),
        Tensors.longs(ids),
        Tensors.longs(types),
        Tensors.longs(positions),
        Tensors.longs(cells),
        Tensor.create(mask, b, 1, 1, t),
        Tensors.longs(items),
        labels,
        b,
        t,
        rows.stream().allMatch(r -> r.positions().length == 1));
  }
}
