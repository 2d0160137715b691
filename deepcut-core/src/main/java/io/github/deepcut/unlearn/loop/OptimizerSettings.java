package io.github.deepcut.unlearn.loop;

import io.github.deepcut.tensor.Weights;
import io.github.deepcut.train.Optimizer;
import io.github.deepcut.unlearn.Setting;
import io.github.deepcut.unlearn.Setting.Range;

/**
 * How a method that goes by gradients moves.
 *
 * @param optimizer the rule by which gradients move weights
 * @param learningRate at the start of each pass; 0: {@code relativeRate} times the rate of the
 *     original's training
 * @param relativeRate the rate, times that of the original's training, where {@code learningRate}
 *     is 0
 * @param momentum of SGD
 * @param weightDecay λ, decoupled from the gradients by AdamW
 * @param clip largest gradient norm over all parameters; 0: no clipping
 * @param decay whether the rate falls linearly to 0 within each pass, so that the model has settled
 *     when it is judged; else it is constant
 * @param passes most passes; over what, the method says
 * @param batchSize rows in a step
 */
public record OptimizerSettings(
    @Setting("rule by which weights move") Kind optimizer,
    @Setting(value = "rate at the start of each pass; 0: relative_rate", range = Range.NOT_NEGATIVE)
        double learningRate,
    @Setting(
            value = "rate, times that of the model's training, where learning_rate is 0",
            range = Range.POSITIVE)
        double relativeRate,
    @Setting(value = "momentum of sgd", range = Range.SHARE) double momentum,
    @Setting(value = "weight decay", range = Range.NOT_NEGATIVE) double weightDecay,
    @Setting(
            value = "largest gradient norm over all parameters; 0: no clipping",
            range = Range.NOT_NEGATIVE)
        double clip,
    @Setting("whether the rate falls linearly to 0 within each pass") boolean decay,
    @Setting(value = "most passes, over what the method says", range = Range.AT_LEAST_ONE)
        int passes,
    @Setting(value = "rows in a step", range = Range.AT_LEAST_ONE) int batchSize) {

  /** By what rule gradients move weights. */
  public enum Kind {
    /** Adam with a decay of weights that is decoupled from the gradients. */
    ADAMW,
    /** Stochastic gradient descent with momentum. */
    SGD
  }

  /**
   * Checks each setting.
   *
   * @param optimizer the rule by which gradients move weights
   * @param learningRate not below 0
   * @param relativeRate above 0
   * @param momentum 0 to 1
   * @param weightDecay not below 0
   * @param clip not below 0
   * @param decay whether the rate falls within each pass
   * @param passes at least 1
   * @param batchSize at least 1
   * @throws io.github.deepcut.run.InputException if one is not within its range
   */
  public OptimizerSettings {
    Check.notNegative("learning_rate", learningRate);
    Check.positive("relative_rate", relativeRate);
    Check.share("momentum", momentum);
    Check.notNegative("weight_decay", weightDecay);
    Check.notNegative("clip", clip);
    Check.atLeastOne("passes", passes);
    Check.atLeastOne("batch_size", batchSize);
  }

  /**
   * {@return AdamW at a share of the original's rate, as texts are fine-tuned; batches of 32}
   *
   * @param relativeRate the rate, times that of the original's training
   * @param passes most passes
   */
  public static OptimizerSettings adamW(double relativeRate, int passes) {
    return new OptimizerSettings(Kind.ADAMW, 0, relativeRate, 0.9, 0.01, 1, false, passes, 32);
  }

  /**
   * {@return SGD with momentum .9 and weight decay 5e-4 at a rate of its own; batches of 128}
   *
   * @param learningRate at the start of each pass
   * @param passes most passes
   */
  public static OptimizerSettings sgd(double learningRate, int passes) {
    return new OptimizerSettings(Kind.SGD, learningRate, 1, 0.9, 5e-4, 0, false, passes, 128);
  }

  /**
   * {@return AdamW at a rate of its own, without weight decay and clipping; batches of 128}
   *
   * @param learningRate at the start of each pass
   * @param passes most passes
   */
  public static OptimizerSettings adam(double learningRate, int passes) {
    return new OptimizerSettings(Kind.ADAMW, learningRate, 1, 0.9, 0, 0, false, passes, 128);
  }

  /** The highest rate for a model that was trained at {@code original}. */
  double peak(double original) {
    return learningRate > 0 ? learningRate : relativeRate * original;
  }

  Update update(Weights weights) {
    return optimizer == Kind.SGD
        ? new Sgd(weights, momentum, weightDecay, clip)
        : Update.of(new Optimizer(weights, name -> true, weightDecay, clip));
  }
}
