package io.github.deepcut.unlearn.loop;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** Kullback–Leibler divergence between outputs. */
public final class Divergence {
  private Divergence() {}

  /**
   * {@return T²·KL(softmax(p/T) ‖ softmax(q/T)) of each row, in nats (N)} The factor keeps the size
   * of its gradients whatever T is (arXiv 1503.02531).
   *
   * @param p logits (N, C); a class at -1e10 has no part in it
   * @param q logits (N, C)
   * @param temperature T
   */
  public static Tensor of(Tensor p, Tensor q, double temperature) {
    Tensor logP = p.div(new Scalar(temperature)).log_softmax(-1);
    Tensor logQ = q.div(new Scalar(temperature)).log_softmax(-1);
    Tensor kl = logP.exp().mul(logP.sub(logQ)).sum(-1L); // (N)
    return kl.mul(new Scalar(temperature * temperature));
  }
}
