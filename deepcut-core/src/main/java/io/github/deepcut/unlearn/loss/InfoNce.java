package io.github.deepcut.unlearn.loss;

import io.github.deepcut.train.Trainer;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** InfoNCE (van den Oord, Li and Vinyals, arXiv 1807.03748) between two views of a batch. */
public final class InfoNce {
  private InfoNce() {}

  /**
   * {@return InfoNCE(z1→z2) + InfoNCE(z2→z1)} Each is -1/N Σ_i log( e^{s_ii} / Σ_j e^{s_ij} ) with
   * s_ij the cosine of row i of one and row j of the other over τ.
   *
   * @param first raw embeddings (N, H)
   * @param second of the same items, in the same order (N, H)
   * @param tau τ, the temperature
   */
  public static Tensor of(Tensor first, Tensor second, double tau) {
    Tensor s = torch.matmul(unit(first), unit(second).t()).div(new Scalar(tau)); // (N, N)
    int[] own = IntStream.range(0, Math.toIntExact(s.size(0))).toArray();
    return Trainer.crossEntropy(s, own).add(Trainer.crossEntropy(s.t(), own));
  }

  private static Tensor unit(Tensor x) {
    Tensor norm = x.norm(new ScalarOptional(new Scalar(2.0)), new long[] {1}, true);
    return x.div(norm.clamp_min(new Scalar(1e-12)));
  }
}
