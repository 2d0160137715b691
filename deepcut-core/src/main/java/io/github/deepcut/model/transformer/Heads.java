package io.github.deepcut.model.transformer;

import static org.bytedeco.pytorch.global.torch.matmul;

import io.github.deepcut.data.TextBatch;
import io.github.deepcut.tensor.Tensors;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Attention by h heads of width d over a padded grid of B rows and T columns, which packed tokens
 * are spread over.
 */
final class Heads {
  private Heads() {}

  /** Tokens (R, D) in their cells (B*T, D), zeros where padding is. */
  static Tensor spread(Tensor x, TextBatch batch) {
    if (batch.full()) {
      return x;
    }
    long cells = (long) batch.rows() * batch.columns();
    Tensor empty = torch.zeros(new long[] {cells, x.size(1)}, x.options());
    return empty.index_copy(0, batch.cells(), x);
  }

  /** The tokens (R, D) of cells (B*T, D). */
  static Tensor packed(Tensor x, TextBatch batch) {
    return batch.full() ? x : x.index_select(0, batch.cells());
  }

  /** Tokens (R, n*h*d) to n tensors by heads (n, B, h, T, d). */
  static Tensor split(Tensor x, TextBatch batch, int n, int h) {
    return spread(x, batch)
        .view(batch.rows(), batch.columns(), n, h, x.size(1) / n / h)
        .permute(2, 0, 3, 1, 4);
  }

  /**
   * What queries gather, softmax(scores) V.
   *
   * @param scores of keys by queries (B, h, Q, T), padding not yet masked
   * @param values (B, h, T, d)
   * @return (B*Q, h*d)
   */
  static Tensor gathered(Tensor scores, Tensor values, TextBatch batch, Dropout dropout) {
    if (!batch.full()) {
      scores = scores.add(batch.mask().to(scores.scalar_type()));
    }
    Tensor p = dropout.zeroed(scores.softmax(-1));
    Tensor context = matmul(p, values.mul(dropout.scale())).transpose(1, 2); // (B, Q, h, d)
    return context.reshape(-1, context.size(2) * context.size(3));
  }

  /** How many columns each token stands behind each other: i - j (T, T), as 64-bit numbers. */
  static Tensor distances(TextBatch batch, Tensor beside) {
    int[] columns = IntStream.range(0, batch.columns()).toArray();
    Tensor at = Tensors.beside(Tensors.longs(columns), beside);
    return at.unsqueeze(1).sub(at.unsqueeze(0));
  }
}
