package io.github.deepcut.app.command;

import io.github.deepcut.model.ModelFolder;
import io.github.deepcut.model.transformer.EncoderConfig;
import io.github.deepcut.tensor.Autocast;
import io.github.deepcut.train.Recipe;
import picocli.CommandLine.Option;

/** How to train. */
final class RecipeOptions {
  /** The narrowest model that bfloat16 makes faster. */
  private static final int BF16_WIDTH = 512;

  /** Whether matrix products run in bfloat16. */
  enum Bf16 {
    AUTO,
    ON,
    OFF
  }

  @Option(names = "--epochs", defaultValue = "3", description = "Default: ${DEFAULT-VALUE}.")
  private int epochs;

  @Option(names = "--batch-size", defaultValue = "32", description = "Default: ${DEFAULT-VALUE}.")
  private int batchSize;

  @Option(
      names = "--lr",
      defaultValue = "5e-5",
      description = "Peak learning rate (default: ${DEFAULT-VALUE}).")
  private double learningRate;

  @Option(
      names = "--warmup",
      defaultValue = "0.1",
      description = "Share of the steps over which the rate rises (default: ${DEFAULT-VALUE}).")
  private double warmup;

  @Option(
      names = "--weight-decay",
      defaultValue = "0.01",
      description = "Default: ${DEFAULT-VALUE}.")
  private double weightDecay;

  @Option(
      names = "--patience",
      defaultValue = "2",
      description =
          "Epochs without a better --eval before training stops; 0: never"
              + " (default: ${DEFAULT-VALUE}).")
  private int patience;

  @Option(
      names = "--max-tokens",
      defaultValue = "128",
      description = "Longest row, special tokens included (default: ${DEFAULT-VALUE}).")
  private int maxTokens;

  @Option(
      names = "--bf16",
      defaultValue = "auto",
      description =
          "auto, on or off: matrix products in bfloat16; auto where the CPU has them and the"
              + " model is at least 512 wide.")
  private Bf16 bf16;

  @Option(names = "--seed", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}.")
  private long seed;

  /** The recipe for a model that starts from {@code base}. */
  Recipe recipe(ModelFolder base) {
    double clip = Recipe.fineTuning().clip();
    boolean fast =
        bf16 == Bf16.ON
            || (bf16 == Bf16.AUTO
                && EncoderConfig.of(base.config()).hidden() >= BF16_WIDTH
                && Autocast.supported());
    return new Recipe(
        epochs,
        batchSize,
        learningRate,
        warmup,
        weightDecay,
        clip,
        patience,
        maxTokens,
        fast,
        seed);
  }

  long seed() {
    return seed;
  }
}
