package io.github.deepcut.app.command;

import io.github.deepcut.data.Task;
import io.github.deepcut.model.folder.LabelMap;
import io.github.deepcut.model.folder.ModelFolder;
import io.github.deepcut.model.transformer.EncoderConfig;
import io.github.deepcut.run.InputException;
import io.github.deepcut.tensor.Autocast;
import io.github.deepcut.train.Recipe;
import picocli.CommandLine.Option;

/** How to train. What is not given is that of fine-tuning, or of training image models. */
final class RecipeOptions {
  /** The narrowest model that bfloat16 makes faster. */
  private static final int BF16_WIDTH = 512;

  /** Whether matrix products run in bfloat16. */
  enum Bf16 {
    AUTO,
    ON,
    OFF
  }

  @Option(names = "--epochs", description = "Default: 3, for images 10.")
  private Integer epochs;

  @Option(names = "--batch-size", description = "Default: 32, for images 128.")
  private Integer batchSize;

  @Option(names = "--lr", description = "Peak learning rate (default: 5e-5, for images 0.1).")
  private Double learningRate;

  @Option(
      names = "--warmup",
      description = "Share of the steps over which the rate rises (default: 0.1, for images 0).")
  private Double warmup;

  @Option(
      names = "--schedule",
      description = "How the rate falls: linear or cosine (default: linear, for images cosine).")
  private Recipe.Schedule schedule;

  @Option(names = "--optimizer", description = "adamw or sgd (default: adamw, for images sgd).")
  private Recipe.Algorithm optimizer;

  @Option(names = "--momentum", description = "Of sgd (default: 0.9).")
  private Double momentum;

  @Option(names = "--weight-decay", description = "Default: 0.01, for images 1e-4.")
  private Double weightDecay;

  @Option(
      names = "--patience",
      description =
          "Epochs without a better --eval before training stops; 0: never (default: 2, for images"
              + " 0).")
  private Integer patience;

  @Option(
      names = "--augment",
      description =
          "Train on images moved by up to 4 pixels and mirrored every second time, drawn anew in"
              + " each epoch. For images alone.")
  private boolean augment;

  @Option(
      names = "--max-tokens",
      description = "Longest row of a text, special tokens included (default: 128).")
  private Integer maxTokens;

  @Option(
      names = "--bf16",
      defaultValue = "auto",
      description =
          "auto, on or off: matrix products in bfloat16; auto where the CPU has them and the"
              + " model of texts is at least 512 wide.")
  private Bf16 bf16;

  @Option(names = "--seed", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}.")
  private long seed;

  /** The recipe for a model of texts that starts from {@code base}. */
  Recipe recipe(ModelFolder base) {
    return recipe(base, 0);
  }

  /**
   * The recipe for a model that starts from {@code base}.
   *
   * @param imageSize to which images are resized; 0: they are not
   */
  Recipe recipe(ModelFolder base, int imageSize) {
    boolean images = LabelMap.task(base.config()).filter(Task.IMAGE::equals).isPresent();
    if (augment && !images) {
      throw new InputException("--augment is for images: texts are trained on as they are");
    }
    Recipe usual = images ? Recipe.images() : Recipe.fineTuning();
    return new Recipe(
        or(epochs, usual.epochs()),
        or(batchSize, usual.batchSize()),
        or(learningRate, usual.learningRate()),
        or(warmup, usual.warmup()),
        or(weightDecay, usual.weightDecay()),
        usual.clip(),
        or(patience, usual.patience()),
        or(maxTokens, usual.maxTokens()),
        bf16 == Bf16.ON || (bf16 == Bf16.AUTO && !images && fast(base)),
        seed,
        or(optimizer, usual.optimizer()),
        or(schedule, usual.schedule()),
        or(momentum, usual.momentum()),
        augment,
        imageSize);
  }

  private static boolean fast(ModelFolder base) {
    return EncoderConfig.of(base.config()).hidden() >= BF16_WIDTH && Autocast.supported();
  }

  private static <T> T or(T givenOrNull, T usual) {
    return givenOrNull == null ? usual : givenOrNull;
  }

  long seed() {
    return seed;
  }
}
