package io.github.deepcut.model.transformer;

import io.github.deepcut.data.TextBatch;
import io.github.deepcut.tensor.Tensors;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** The padded grid of B rows and T columns that packed tokens are spread over. */
final class Grid {
  private Grid() {}

  /** Tokens (R, D) in their cells (B*T, D), zeros where padding is. */
  static Tensor spread(Tensor x, TextBatch batch) {
    if (batch.full()) {
      return x;
    }
    long cells = (long) batch.rows() * batch.columns();
    Tensor empty = torch.zeros(new long[] {cells, x.size(1)}, x.options());
    return empty.index_copy(0, batch.cells(), x);
  }

  /** How many columns each token stands behind each other: i - j (T, T), as 64-bit numbers. */
  static Tensor distances(TextBatch batch, Tensor beside) {
    int[] columns = IntStream.range(0, batch.columns()).toArray();
    Tensor at = Tensors.beside(Tensors.longs(columns), beside);
    return at.unsqueeze(1).sub(at.unsqueeze(0));
  }
}
