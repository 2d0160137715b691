package io.github.deepcut.train;

import io.github.deepcut.data.Batch;
import io.github.deepcut.data.Input;
import io.github.deepcut.model.Classifier;
import io.github.deepcut.tensor.Autocast;
import io.github.deepcut.tensor.Weights;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** Cross-entropy of a classifier's items. */
record Classification(Classifier model, boolean bf16) implements Objective<Input> {
  @Override
  public Weights weights() {
    return model.weights();
  }

  @Override
  public Tensor loss(List<? extends Input> rows, long step) {
    Batch batch = model.batch(rows);
    Tensor logits;
    try (var mixed = Autocast.set(bf16)) {
      logits = model.forward(batch, true).logits(); // (N, C)
    }
    return Trainer.crossEntropy(logits, batch.labels());
  }
}
