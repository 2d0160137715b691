package io.github.deepcut.train;

import static org.bytedeco.pytorch.global.torch.cross_entropy_loss;

import io.github.deepcut.data.Sequence;
import io.github.deepcut.model.Classifier;
import io.github.deepcut.run.Run;
import io.github.deepcut.tensor.Tensors;
import io.github.deepcut.tensor.Weights;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** Trains a model in place by cross-entropy, after a {@link Recipe}. */
public record Trainer(Recipe recipe) {

  /**
   * What became of a training.
   *
   * @param epochs run, which early stopping may have cut short
   * @param bestScore of the weights that were kept; NaN without a score
   */
  public record Trained(int epochs, long steps, double lastLoss, double bestScore) {}

  /**
   * Trains {@code model} on {@code data}.
   *
   * @param score asked after each epoch; the best weights are kept. Null: the last ones are.
   * @throws IllegalStateException when the loss stops being a number
   */
  public Trained train(Classifier model, List<Sequence> data, Score score, Run run) {
    DoubleSupplier judge = score == null ? null : () -> score.of(model);
    return train(new Classification(model, recipe.bf16()), data, judge, run);
  }

  /** The same for any objective; {@code judgeOrNull} takes the place of the score. */
  public Trained train(Objective model, List<Sequence> data, DoubleSupplier judgeOrNull, Run run) {
    torch.manual_seed(run.random("dropout").nextLong());
    SplittableRandom order = run.random("order");
    long total =
        (long) recipe.epochs() * ((data.size() + recipe.batchSize() - 1) / recipe.batchSize());
    long step = 0;
    double loss = Double.NaN;
    Pace pace = new Pace(run.clock());
    try (var optimizer =
            new Optimizer(model.weights(), n -> true, recipe.weightDecay(), recipe.clip());
        var best = new Best(judgeOrNull, recipe.patience());
        var stage = run.progress().stage("train", total)) {
      int epoch = 0;
      while (epoch < recipe.epochs() && !best.exhausted()) {
        for (List<Sequence> rows : Batches.shuffled(data, recipe.batchSize(), order)) {
          long now = step++;
          loss = step(() -> model.loss(rows, now), optimizer, rate(now, total));
          stage.step(
              String.format(Locale.ROOT, "loss %.4f, %s%s", loss, pace.after(rows), best.note()));
        }
        epoch++;
        best.see(model.weights());
      }
      best.restore(model.weights());
      return new Trained(epoch, step, loss, best.score());
    }
  }

  /** One update on the cross-entropy of a batch; gives the loss before it. */
  public double step(Classifier model, List<Sequence> rows, Optimizer optimizer, double rate) {
    return step(() -> new Classification(model, recipe.bf16()).loss(rows, 0), optimizer, rate);
  }

  private static double step(Supplier<Tensor> forward, Optimizer optimizer, double rate) {
    try (var scope = new PointerScope()) {
      Tensor loss = forward.get();
      double value = loss.item_double();
      if (!Double.isFinite(value)) {
        throw new IllegalStateException(
            "the loss became " + value + "; lower the learning rate (now " + rate + ")");
      }
      optimizer.step(loss, rate);
      return value;
    }
  }

  /** Mean cross-entropy (nats) of logits (N, C) over the items whose label is known. */
  public static Tensor crossEntropy(Tensor logits, int[] labels) {
    Tensor wide = logits.to(torch.ScalarType.Float);
    return cross_entropy_loss(
        wide, Tensors.longs(labels), new TensorOptional(), torch.Reduction.Mean.value, -1, 0.0);
  }

  /** Linear warm-up, then linear decay to 0. */
  double rate(long step, long total) {
    double warm = recipe.warmup() * total;
    double share =
        step < warm ? (step + 1) / Math.max(1, warm) : (total - step) / Math.max(1, total - warm);
    return recipe.learningRate() * Math.min(1, share);
  }

  /** The best weights so far. */
  private static final class Best implements AutoCloseable {
    private final DoubleSupplier judge;
    private final int patience;
    private double score = Double.NaN;
    private int since;
    private Weights weights;

    Best(DoubleSupplier judge, int patience) {
      this.judge = judge;
      this.patience = patience;
    }

    void see(Weights trained) {
      if (judge == null) {
        return;
      }
      double now = judge.getAsDouble();
      if (!(now <= score)) {
        score = now;
        since = 0;
        close();
        weights = trained.copy();
      } else {
        since++;
      }
    }

    boolean exhausted() {
      return patience > 0 && since >= patience;
    }

    void restore(Weights trained) {
      if (weights != null) {
        trained.set(weights);
      }
    }

    double score() {
      return score;
    }

    String note() {
      return judge == null || Double.isNaN(score)
          ? ""
          : String.format(Locale.ROOT, ", best %.2f", score);
    }

    @Override
    public void close() {
      if (weights != null) {
        weights.close();
      }
    }
  }
}
