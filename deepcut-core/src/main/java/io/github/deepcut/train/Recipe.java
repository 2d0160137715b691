package io.github.deepcut.train;

import io.github.deepcut.run.InputException;

/**
 * How a model was, or is to be, fine-tuned: all that retraining needs besides data and weights.
 *
 * @param learningRate peak of the schedule
 * @param warmup share of all steps over which the rate rises linearly from 0; it falls linearly
 *     back to 0 over the rest
 * @param clip largest gradient norm over all parameters; 0: no clipping
 * @param patience epochs without a better evaluation before training stops; 0: never
 * @param maxTokens longest row, special tokens included
 * @param bf16 whether matrix products run in bfloat16
 */
public record Recipe(
    int epochs,
    int batchSize,
    double learningRate,
    double warmup,
    double weightDecay,
    double clip,
    int patience,
    int maxTokens,
    boolean bf16,
    long seed) {

  public Recipe {
    require(epochs >= 1, "epochs", epochs, ">= 1");
    require(batchSize >= 1, "batch size", batchSize, ">= 1");
    require(learningRate > 0 && learningRate < 10, "learning rate", learningRate, "> 0 and < 10");
    require(warmup >= 0 && warmup <= 1, "warm-up", warmup, "0 to 1");
    require(weightDecay >= 0, "weight decay", weightDecay, ">= 0");
    require(clip >= 0, "clip", clip, ">= 0");
    require(patience >= 0, "patience", patience, ">= 0");
    require(maxTokens >= 8, "max tokens", maxTokens, ">= 8");
  }

  /** Fine-tuning as BERT's authors do it: 3 epochs, batch 32, 5e-5, 10 % warm-up. */
  public static Recipe fineTuning() {
    return new Recipe(3, 32, 5e-5, 0.1, 0.01, 1.0, 2, 128, false, 1);
  }

  /** The same under another seed. */
  public Recipe withSeed(long other) {
    return new Recipe(
        epochs,
        batchSize,
        learningRate,
        warmup,
        weightDecay,
        clip,
        patience,
        maxTokens,
        bf16,
        other);
  }

  private static void require(boolean ok, String what, Number value, String rule) {
    if (!ok) {
      throw new InputException(what + " is " + value + ", expected " + rule);
    }
  }
}
