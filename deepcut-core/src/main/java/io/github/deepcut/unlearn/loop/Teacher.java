package io.github.deepcut.unlearn.loop;

import io.github.deepcut.data.Input;
import io.github.deepcut.model.Classifier;
import io.github.deepcut.unlearn.UnlearningData;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** The model as it was before unlearning, θ_o: asked without dropout or gradients. */
public final class Teacher implements AutoCloseable {
  private final Classifier model;
  private final boolean copied;
  private final boolean bf16;

  /**
   * Copies the model as it is now where the data do not bring the original.
   *
   * @param model about to be changed
   * @param sets with the original, perhaps, and the precision to ask in
   */
  public Teacher(Classifier model, UnlearningData sets) {
    copied = sets.original().isEmpty();
    this.model = copied ? model.withWeights(model.weights().copy()) : sets.original().get();
    bf16 = sets.bf16();
  }

  ItemOutputs of(List<? extends Input> rows) {
    return ItemOutputs.asked(model, rows, bf16);
  }

  /**
   * {@return logits of the items whose label is known (N, C)}
   *
   * @param rows in one batch
   */
  public Tensor logits(List<? extends Input> rows) {
    return of(rows).logits();
  }

  /** {@return the original, or the copy of it, valid until this is closed} */
  public Classifier model() {
    return model;
  }

  @Override
  public void close() {
    if (copied) {
      model.weights().close();
    }
  }
}
