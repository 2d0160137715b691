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

  /** Copies {@code model} as it is now where the sets do not bring the original. */
  public Teacher(Classifier model, UnlearningData sets) {
    copied = sets.original().isEmpty();
    this.model = copied ? model.withWeights(model.weights().copy()) : sets.original().get();
    bf16 = sets.bf16();
  }

  ItemOutputs of(List<? extends Input> rows) {
    return ItemOutputs.asked(model, rows, bf16);
  }

  /** Logits of the items whose label is known (N, C). */
  public Tensor logits(List<? extends Input> rows) {
    return of(rows).logits();
  }

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
