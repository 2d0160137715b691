package io.github.deepcut.unlearn.loss;

import static org.bytedeco.pytorch.global.torch.log_sigmoid;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * The forgetting losses in latent space, each a mean over the anchors of a {@link Contrast}.
 * Symbols: s_ij similarity over temperature, P_i items of the anchor's class, N_i of other classes.
 */
public enum ContrastiveLoss {
  /**
   * DeepCUT's L_f as we infer it from arXiv 2503.14900 and FoCL: {@code -1/|N_i| Σ_n log(e^{s_in} /
   * (e^{s_in} + Σ_p e^{s_ip}))}. Bounded below by 0; pushes from P, pulls to N.
   */
  DEEPCUT(Contrast.Needs.BOTH) {
    @Override
    Tensor perAnchor(Contrast c) {
      // log(e^a / (e^a + e^b)) = log sigmoid(a - b), stable at any temperature
      return c.meanOverOther(log_sigmoid(c.similarity().sub(c.logSumSame()))).neg();
    }
  },

  /**
   * Contrastive Unlearning of samples, arXiv 2401.10458, Eq. 5: {@code -1/|N_i| Σ_n log(e^{s_in} /
   * Σ_p e^{s_ip})}.
   */
  SAMPLE(Contrast.Needs.BOTH) {
    @Override
    Tensor perAnchor(Contrast c) {
      return c.meanOverOther(c.similarity().sub(c.logSumSame())).neg();
    }
  },

  /**
   * Contrastive Unlearning of a class, arXiv 2401.10458, Eq. 6: the denominator is |N_i|, so that
   * only the pull has a gradient.
   */
  CLASS(Contrast.Needs.OTHER) {
    @Override
    Tensor perAnchor(Contrast c) {
      return c.meanOverOther(c.similarity()).sub(c.countOther().log()).neg();
    }
  };

  private final Contrast.Needs needs;

  ContrastiveLoss(Contrast.Needs needs) {
    this.needs = needs;
  }

  /** {@return which pairs an anchor must have to take part} */
  public Contrast.Needs needs() {
    return needs;
  }

  /** The loss of each anchor (A). */
  abstract Tensor perAnchor(Contrast c);

  /**
   * {@return the mean over the anchors, in nats; where there is none, a 0 whose gradient is 0}
   *
   * @param c anchors against a contrast set
   */
  public Tensor of(Contrast c) {
    return c.isEmpty() ? c.similarity().sum() /* of no rows */ : perAnchor(c).mean();
  }

  /**
   * {@return Σ w_i l_i / A over all A anchors that were given, left out or not; 0 without a
   * gradient where none has its pairs}
   *
   * @param c anchors against a contrast set
   * @param weights w, one for each anchor given to {@link Contrast#of}
   */
  public Tensor weighted(Contrast c, float[] weights) {
    if (c.isEmpty()) {
      return of(c);
    }
    float[] kept = new float[c.anchors().length];
    for (int i = 0; i < kept.length; i++) {
      kept[i] = weights[c.anchors()[i]];
    }
    Tensor w = Tensor.create(kept, kept.length).to(c.similarity());
    return perAnchor(c).mul(w).sum().div(new Scalar((double) weights.length));
  }
}
