package io.github.deepcut.unlearn.deepcut;

import io.github.deepcut.data.Input;
import io.github.deepcut.model.Classifier;
import io.github.deepcut.tensor.Autocast;
import io.github.deepcut.tensor.Local;
import io.github.deepcut.train.Trainer;
import io.github.deepcut.unlearn.UnlearningData;
import io.github.deepcut.unlearn.loop.Divergence;
import java.util.List;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Holds a model to what it said of retained items before unlearning: KL(p_o ‖ p), mean over the
 * items as they are, and κ·T²·KL(p_o ‖ p), mean over their corrupted copies, too, with both
 * distributions softened by T (distillation, arXiv 1503.02531).
 *
 * <p>The first term is the cross-entropy of the retained items with the original's output in place
 * of the label: its gradient is p - p_o. Where the original is sure of the labels the two are one.
 * Where it is not, as after a training that was stopped early, cross-entropy with the labels would
 * train on. With κ = 0 there is no original to ask, and the term is that cross-entropy.
 */
final class DistillationLoss implements AutoCloseable {
  private final double weight;
  private final double temperature;
  private final boolean bf16;
  private final boolean copied;
  private final Classifier original;

  /** Remembers {@code model} as it is now; a {@code weight} κ of 0 remembers nothing. */
  DistillationLoss(Classifier model, double weight, double temperature, UnlearningData sets) {
    this.weight = weight;
    this.temperature = temperature;
    bf16 = sets.bf16();
    copied = weight > 0 && sets.original().isEmpty();
    original =
        weight <= 0
            ? null
            : model.withWeights(copied ? model.weights().copy() : sets.original().get().weights());
  }

  /**
   * The loss of retained items.
   *
   * @param logits (R, C) of the items of {@code rows}
   * @param labels of the first items, which are those as they are; corrupted copies follow
   */
  Tensor loss(Tensor logits, int[] labels, List<? extends Input> rows) {
    Tensor clean = logits.narrow(0, 0, labels.length);
    if (original == null) {
      return Trainer.crossEntropy(clean, labels);
    }
    Tensor before = Local.of(() -> before(rows)); // (R, C)
    Tensor kept = Divergence.of(before.narrow(0, 0, labels.length), clean, 1).mean();
    Tensor all = Divergence.of(before, logits, temperature).mean();
    return kept.add(all.mul(new Scalar(weight)));
  }

  /** Logits of the original (R, C). */
  private Tensor before(List<? extends Input> rows) {
    try (var noGrad = new NoGradGuard();
        var mixed = Autocast.set(bf16)) {
      Tensor logits = original.forward(original.batch(rows), false).logits();
      return logits.to(torch.ScalarType.Float);
    }
  }

  @Override
  public void close() {
    if (copied) {
      original.weights().close();
    }
  }
}
