package io.github.deepcut.model.transformer;

import static org.bytedeco.pytorch.global.torch.matmul;

import io.github.deepcut.data.TextBatch;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** How much each token looks at each other, before the softmax. */
interface Scores {
  /**
   * Scores (B, h, T, T) of queries and keys (B, h, T, d) in the layer whose names begin with {@code
   * layer}; padding is masked by the caller.
   */
  Tensor of(String layer, Tensor queries, Tensor keys, TextBatch batch);

  /** Whether a score depends on where two tokens stand, so that queries must be of all tokens. */
  default boolean byPlace() {
    return true;
  }

  /** QK'/sqrt(d) (Vaswani et al., arXiv 1706.03762, Eq. 1). */
  record Scaled(double scale) implements Scores {
    static Scaled of(EncoderConfig c) {
      return new Scaled(1 / Math.sqrt((double) c.hidden() / c.heads()));
    }

    @Override
    public Tensor of(String layer, Tensor queries, Tensor keys, TextBatch batch) {
      return matmul(queries.mul(new Scalar(scale)), keys.transpose(-1, -2));
    }

    @Override
    public boolean byPlace() {
      return false;
    }
  }
}
