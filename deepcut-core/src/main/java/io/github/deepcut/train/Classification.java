package io.github.deepcut.train;

import io.github.deepcut.data.Batch;
import io.github.deepcut.data.Input;
import io.github.deepcut.data.Picture;
import io.github.deepcut.data.image.Augmentation;
import io.github.deepcut.model.Classifier;
import io.github.deepcut.run.Run;
import io.github.deepcut.tensor.Autocast;
import io.github.deepcut.tensor.Weights;
import java.util.List;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Tensor;

/**
 * Cross-entropy of a classifier's items.
 *
 * @param augmentation of images, drawn anew in each step
 * @param run where it draws from
 */
record Classification(Classifier model, boolean bf16, Augmentation augmentation, Run run)
    implements Objective<Input> {

  /** Without augmentation. */
  static Classification asIs(Classifier model, boolean bf16) {
    return new Classification(model, bf16, Augmentation.NONE, Run.of(0));
  }

  @Override
  public Weights weights() {
    return model.weights();
  }

  @Override
  public Tensor loss(List<? extends Input> rows, long step) {
    Batch batch = model.batch(augmented(rows, step));
    Tensor logits;
    try (var mixed = Autocast.set(bf16)) {
      logits = model.forward(batch, true).logits(); // (N, C)
    }
    return Trainer.crossEntropy(logits, batch.labels());
  }

  private List<? extends Input> augmented(List<? extends Input> rows, long step) {
    if (augmentation.equals(Augmentation.NONE)) {
      return rows;
    }
    SplittableRandom random = run.random("augmentation " + step);
    return rows.stream()
        .map(row -> row instanceof Picture p ? augmentation.apply(p, random) : row)
        .toList();
  }
}
