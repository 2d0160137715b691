package io.github.deepcut.train;

import io.github.deepcut.data.image.Augmentation;
import io.github.deepcut.run.InputException;
import java.util.OptionalInt;

/**
 * How a model was, or is to be, trained: all that retraining needs besides data and weights.
 *
 * @param learningRate peak of the schedule
 * @param warmup share of all steps over which the rate rises linearly from 0
 * @param clip largest gradient norm over all parameters; 0: no clipping
 * @param patience epochs without a better evaluation before training stops; 0: never
 * @param maxTokens longest row, special tokens included; images have none
 * @param bf16 whether matrix products run in bfloat16
 * @param optimizer what turns gradients into updates; AdamW where a file does not say
 * @param schedule how the rate falls after the warm-up; linearly where a file does not say
 * @param momentum of SGD; AdamW has its own
 * @param augment whether images are moved and mirrored at random ({@link Augmentation#STANDARD})
 * @param imageSize height and width to which images are resized when they are read; 0: they keep
 *     theirs
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
    long seed,
    Algorithm optimizer,
    Schedule schedule,
    double momentum,
    boolean augment,
    int imageSize) {
  /** At which encoders are usually fine-tuned by AdamW. */
  public static final double USUAL_RATE = 5e-5;

  /** How many times the rate of AdamW SGD takes to change weights about as much. */
  public static final double SGD_TO_ADAMW = 100;

  /** The longest side of an image that is read. */
  private static final int MOST_PIXELS = 8192;

  /** What turns gradients into updates. */
  public enum Algorithm {
    ADAMW,
    SGD
  }

  /** How the rate falls to 0 after the warm-up. */
  public enum Schedule {
    LINEAR,
    COSINE;

    /** The share of the peak after {@code done} (0 to 1) of the way down. */
    double share(double done) {
      return this == LINEAR ? 1 - done : (1 + Math.cos(Math.PI * done)) / 2;
    }
  }

  public Recipe {
    require(epochs >= 1, "epochs", epochs, ">= 1");
    require(batchSize >= 1, "batch size", batchSize, ">= 1");
    require(learningRate > 0 && learningRate < 10, "learning rate", learningRate, "> 0 and < 10");
    require(warmup >= 0 && warmup <= 1, "warm-up", warmup, "0 to 1");
    require(weightDecay >= 0 && weightDecay <= 1e6, "weight decay", weightDecay, "0 to 1e6");
    require(clip >= 0 && clip <= 1e6, "clip", clip, "0 to 1e6");
    require(patience >= 0, "patience", patience, ">= 0");
    require(maxTokens >= 8, "max tokens", maxTokens, ">= 8");
    require(momentum >= 0 && momentum < 1, "momentum", momentum, ">= 0 and < 1");
    require(
        imageSize >= 0 && imageSize <= MOST_PIXELS, "image size", imageSize, "0 to " + MOST_PIXELS);
    optimizer = optimizer == null ? Algorithm.ADAMW : optimizer;
    schedule = schedule == null ? Schedule.LINEAR : schedule;
  }

  /** Images, if there are any, as they are. */
  public Recipe(
      int epochs,
      int batchSize,
      double learningRate,
      double warmup,
      double weightDecay,
      double clip,
      int patience,
      int maxTokens,
      boolean bf16,
      long seed,
      Algorithm optimizer,
      Schedule schedule,
      double momentum) {
    this(
        epochs,
        batchSize,
        learningRate,
        warmup,
        weightDecay,
        clip,
        patience,
        maxTokens,
        bf16,
        seed,
        optimizer,
        schedule,
        momentum,
        false,
        0);
  }

  /** AdamW with a rate that falls linearly. */
  public Recipe(
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
    this(
        epochs,
        batchSize,
        learningRate,
        warmup,
        weightDecay,
        clip,
        patience,
        maxTokens,
        bf16,
        seed,
        Algorithm.ADAMW,
        Schedule.LINEAR,
        0);
  }

  /** Fine-tuning as BERT's authors do it: 3 epochs, batch 32, 5e-5, 10 % warm-up. */
  public static Recipe fineTuning() {
    return new Recipe(3, 32, USUAL_RATE, 0.1, 0.01, 1.0, 2, 128, false, 1);
  }

  /**
   * Image models from random weights as Contrastive Unlearning trains its originals (arXiv
   * 2401.10458: SGD .1, momentum .9, decay 1e-4, cosine, no augmentation), in 10 epochs of batches
   * of 128 instead of 100 of 256: what a CPU can do.
   */
  public static Recipe images() {
    return new Recipe(
        10, 128, 0.1, 0, 1e-4, 0, 0, 128, false, 1, Algorithm.SGD, Schedule.COSINE, 0.9);
  }

  /** The rate at {@code step} of {@code total}. */
  double rate(long step, long total) {
    double warm = warmup * total;
    double share =
        step < warm
            ? (step + 1) / Math.max(1, warm)
            : schedule.share(Math.max(0, step - warm) / Math.max(1, total - warm));
    return learningRate * Math.min(1, share);
  }

  /**
   * A rate at which AdamW would change the weights about as much: its own, or a hundredth of SGD's,
   * a rule of thumb.
   */
  public double adaptiveRate() {
    return optimizer == Algorithm.ADAMW ? learningRate : learningRate / SGD_TO_ADAMW;
  }

  /** The same under another seed. */
  public Recipe withSeed(long other) {
    return with(epochs, other);
  }

  /** The same for another number of epochs. */
  public Recipe withEpochs(int other) {
    return with(other, seed);
  }

  private Recipe with(int otherEpochs, long otherSeed) {
    return new Recipe(
        otherEpochs,
        batchSize,
        learningRate,
        warmup,
        weightDecay,
        clip,
        patience,
        maxTokens,
        bf16,
        otherSeed,
        optimizer,
        schedule,
        momentum,
        augment,
        imageSize);
  }

  /** What happens to images while they are trained on. */
  Augmentation augmentation() {
    return augment ? Augmentation.STANDARD : Augmentation.NONE;
  }

  /** To what images are resized when they are read; empty: they keep their size. */
  public OptionalInt resizing() {
    return imageSize == 0 ? OptionalInt.empty() : OptionalInt.of(imageSize);
  }

  private static void require(boolean ok, String what, Number value, String rule) {
    if (!ok) {
      throw new InputException(what + " is " + value + ", expected " + rule);
    }
  }
}
