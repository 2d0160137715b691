package io.github.deepcut.bench.step;

/**
 * The model and the batch that are timed.
 *
 * @param rows sequences in a batch
 * @param tokens real tokens in each
 */
public record Shape(
    int layers, int hidden, int heads, int wide, int vocabulary, int rows, int tokens) {
  /** BERT-base (arXiv 1810.04805) at 16 × 128 tokens. */
  public static final Shape BERT_BASE = new Shape(12, 768, 12, 3072, 30522, 16, 128);

  /** Matrices of a layer as (inputs, outputs): query, key and value, output, up, down. */
  int[][] matrices() {
    return new int[][] {{hidden, 3 * hidden}, {hidden, hidden}, {hidden, wide}, {wide, hidden}};
  }

  int batchTokens() {
    return rows * tokens;
  }

  /** Floating-point operations of the linear products of a layer: forward, dX and dW. */
  double linearFlops() {
    double sum = 0;
    for (int[] m : matrices()) {
      sum += 3 * 2.0 * batchTokens() * m[0] * m[1];
    }
    return sum;
  }

  /**
   * Floating-point operations of a training step's matrix products, attention's included. The last
   * layer computes keys and values of all tokens and the rest for one item a row.
   */
  double flops() {
    double attention = 3 * 2 * 2.0 * rows * tokens * tokens * hidden; // QK' and PV
    double keysAndValues = 3 * 2.0 * batchTokens() * hidden * 2 * hidden;
    double items = 3 * 2.0 * rows * 2 * hidden * (hidden + wide);
    return (layers - 1) * (linearFlops() + attention) + keysAndValues + items + attention / tokens;
  }
}
