package io.github.deepcut.stress;

import io.github.deepcut.data.Input;
import io.github.deepcut.model.Classifier;
import io.github.deepcut.stats.Value;
import io.github.deepcut.tensor.Weights;
import io.github.deepcut.train.Optimizer;
import io.github.deepcut.train.Recipe;
import io.github.deepcut.train.Trainer;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.global.torch;

/**
 * Teaches a model forgotten samples again, all in each step, and watches their loss (Golatkar et
 * al., 2020; Tarun et al., 2023): samples that were never seen take longest.
 *
 * @param learningRate constant
 * @param steps at most
 */
public record Relearning(double learningRate, int steps) {
  /** The forgotten samples that it takes, at most. */
  public static final int SAMPLES = 32;

  public Relearning {
    if (!(learningRate > 0) || steps < 1) {
      throw new IllegalArgumentException(
          "learning rate %s, %d steps: expected both above 0".formatted(learningRate, steps));
    }
  }

  /**
   * The mean loss (nats, with dropout as in training) before each step.
   *
   * @param samples forgotten ones
   */
  public List<Double> curve(Classifier model, List<? extends Input> samples, long seed) {
    Recipe recipe = new Recipe(1, SAMPLES, learningRate, 0, 0, 1.0, 0, 512, false, seed);
    Trainer trainer = new Trainer(recipe);
    List<Double> losses = new ArrayList<>();
    try (Weights copy = model.weights().copy();
        Optimizer optimizer = new Optimizer(copy, n -> true, 0, 1)) {
      Classifier pupil = model.withWeights(copy);
      torch.manual_seed(seed);
      for (int i = 0; i < steps; i++) {
        losses.add(trainer.step(pupil, samples, optimizer, i));
      }
    }
    return losses;
  }

  /** Steps until the loss is at most {@code target}; undefined where it never is. */
  public static Value stepsTo(double target, List<Double> curve) {
    for (int i = 0; i < curve.size(); i++) {
      if (curve.get(i) <= target) {
        return Value.of(i, 1);
      }
    }
    return Value.undefined("the loss is not back after " + curve.size() + " steps", 1);
  }
}
