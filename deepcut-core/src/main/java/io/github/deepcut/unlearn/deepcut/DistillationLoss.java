package io.github.deepcut.unlearn.deepcut;

import io.github.deepcut.data.Input;
import io.github.deepcut.model.Classifier;
import io.github.deepcut.tensor.Autocast;
import io.github.deepcut.tensor.Local;
import io.github.deepcut.train.Trainer;
import io.github.deepcut.unlearn.UnlearningData;
import io.github.deepcut.unlearn.loop.Divergence;
import io.github.deepcut.unlearn.loop.Teacher;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Holds a model to what it said of retained items before unlearning: KL(p_o ‖ p), mean over the
 * items as they are, and κ·T²·KL(p_o ‖ p) with both distributions softened by T (distillation,
 * arXiv 1503.02531).
 *
 * <p>The first term is the cross-entropy of the retained items with the original's output in place
 * of the label: its gradient is p - p_o. Where the original is sure of the labels the two are one.
 * Where it is not, as after a training that was stopped early, cross-entropy with the labels would
 * train on. With κ = 0 there is no original to ask, and the term is that cross-entropy.
 */
final class DistillationLoss implements AutoCloseable {
  private final Retention settings;
  private final boolean bf16;
  private final Optional<Teacher> original;

  /** Remembers {@code model} as it is now, unless κ is 0. */
  DistillationLoss(Retention settings, Classifier model, UnlearningData sets) {
    this.settings = settings;
    bf16 = sets.bf16();
    original = settings.distill() > 0 ? Optional.of(new Teacher(model, sets)) : Optional.empty();
  }

  /**
   * The loss of retained items.
   *
   * @param logits (R, C) of the items of {@code rows}
   * @param labels of the items
   */
  Tensor loss(Tensor logits, int[] labels, List<? extends Input> rows) {
    if (original.isEmpty()) {
      return Trainer.crossEntropy(logits, labels);
    }
    Tensor before = Local.of(() -> before(original.get().model(), rows)); // (R, C)
    Tensor asIs = Divergence.of(before, logits, 1).mean();
    Tensor softened = Divergence.of(before, logits, settings.distillTemperature()).mean();
    return asIs.add(softened.mul(new Scalar(settings.distill())));
  }

  /** Logits of all items (R, C), those without a label, too. */
  private Tensor before(Classifier model, List<? extends Input> rows) {
    try (var noGrad = new NoGradGuard();
        var mixed = Autocast.set(bf16)) {
      Tensor logits = model.forward(model.batch(rows), false).logits();
      return logits.to(torch.ScalarType.Float);
    }
  }

  @Override
  public void close() {
    original.ifPresent(Teacher::close);
  }
}
