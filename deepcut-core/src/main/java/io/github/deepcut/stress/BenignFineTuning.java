package io.github.deepcut.stress;

import io.github.deepcut.data.Sequence;
import io.github.deepcut.model.Classifier;
import io.github.deepcut.run.Run;
import io.github.deepcut.tensor.Weights;
import io.github.deepcut.train.Recipe;
import io.github.deepcut.train.Trainer;
import java.util.List;

/**
 * Goes on training on retained samples alone, as an unsuspecting owner would: what was only hidden
 * may come back (Hu et al., Unlearning or Obfuscating?, 2025).
 *
 * @param learningRate at its highest
 */
public record BenignFineTuning(double learningRate) {
  private static final int BATCH = 32;

  /** The retained samples that it trains on, at most. */
  public static final int SAMPLES = 20 * BATCH;

  public BenignFineTuning {
    if (!(learningRate > 0)) {
      throw new IllegalArgumentException("learning rate " + learningRate + ": expected above 0");
    }
  }

  /** One pass over {@code retained} on a copy; the caller closes the weights. */
  public Weights of(Classifier model, List<Sequence> retained, Run run) {
    Weights copy = model.weights().copy();
    Recipe recipe = new Recipe(1, BATCH, learningRate, 0.1, 0.01, 1.0, 0, 512, false, run.seed());
    new Trainer(recipe).train(model.withWeights(copy), retained, null, run);
    copy.trainable(name -> false);
    return copy;
  }
}
