package io.github.deepcut.unlearn;

import io.github.deepcut.data.Input;
import io.github.deepcut.model.Classifier;
import io.github.deepcut.tensor.Autocast;
import io.github.deepcut.tensor.Local;
import java.util.List;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Holds a model to what it said of retained items before unlearning: κ·T²·KL(p_o ‖ p), mean over
 * items, with both distributions softened by T (distillation, arXiv 1503.02531). Cross-entropy
 * alone sharpens the model on D_r and so lets its test losses drift.
 */
final class Keeper implements AutoCloseable {
  private final double weight;
  private final double temperature;
  private final boolean bf16;
  private final boolean copied;
  private final Classifier original;

  /** Remembers {@code model} as it is now; a {@code weight} κ of 0 remembers nothing. */
  Keeper(Classifier model, double weight, double temperature, ForgetSets sets) {
    this.weight = weight;
    this.temperature = temperature;
    bf16 = sets.bf16();
    copied = weight > 0 && sets.originalOrNull() == null;
    original =
        weight <= 0
            ? null
            : model.withWeights(copied ? model.weights().copy() : sets.originalOrNull().weights());
  }

  /** The loss of logits (R, C) on the items of {@code rows}. */
  Tensor loss(Tensor logits, List<? extends Input> rows) {
    if (weight <= 0) {
      return torch.zeros_like(logits.sum());
    }
    Tensor before = Local.of(() -> before(rows)); // (R, C)
    Tensor now = logits.div(new Scalar(temperature)).log_softmax(-1);
    Tensor kl = before.exp().mul(before.sub(now)).sum(-1L); // (R)
    return kl.mean().mul(new Scalar(weight * temperature * temperature));
  }

  /** Softened log probabilities of the original (R, C). */
  private Tensor before(List<? extends Input> rows) {
    try (var noGrad = new NoGradGuard();
        var mixed = Autocast.set(bf16)) {
      Tensor logits = original.forward(original.batch(rows), false).logits();
      return logits.to(torch.ScalarType.Float).div(new Scalar(temperature)).log_softmax(-1);
    }
  }

  @Override
  public void close() {
    if (copied) {
      original.weights().close();
    }
  }
}
