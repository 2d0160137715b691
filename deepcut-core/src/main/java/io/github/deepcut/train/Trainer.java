package io.github.deepcut.train;

import static org.bytedeco.pytorch.global.torch.cross_entropy_loss;

import io.github.deepcut.data.Input;
import io.github.deepcut.model.Classifier;
import io.github.deepcut.model.Pace;
import io.github.deepcut.run.Run;
import io.github.deepcut.tensor.Finite;
import io.github.deepcut.tensor.Snapshot;
import io.github.deepcut.tensor.Tensors;
import io.github.deepcut.tensor.Weights;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleSupplier;
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
   * Trains {@code model} on {@code data}; goes on from the run's checkpoint where there is one.
   *
   * @param score asked after each epoch; the best weights are kept. Null: the last ones are.
   * @throws IllegalStateException when the loss stops being a number
   */
  public Trained train(Classifier model, List<? extends Input> data, Score score, Run run) {
    DoubleSupplier judge = score == null ? null : () -> score.of(model);
    var objective = new Classification(model, recipe.bf16(), recipe.augmentation(), run);
    return train(objective, data, judge, run);
  }

  /** The same for any objective; {@code judgeOrNull} takes the place of the score. */
  public <T extends Input> Trained train(
      Objective<T> model, List<? extends T> data, DoubleSupplier judgeOrNull, Run run) {
    long perEpoch = ((long) data.size() + recipe.batchSize() - 1) / recipe.batchSize();
    long total = recipe.epochs() * perEpoch;
    Pace pace = new Pace(run.clock());
    try (var optimizer = new Optimizer(model.weights(), recipe);
        var best = new Best(judgeOrNull, recipe.patience());
        var stage = run.progress().stage("train", total)) {
      State at = new State(model.weights(), optimizer, best);
      at.restore(run);
      stage.skip(at.step);
      while (at.epoch < recipe.epochs() && !best.exhausted()) {
        List<List<T>> batches =
            Batches.shuffled(data, recipe.batchSize(), run.random("order " + at.epoch));
        while (at.step < (at.epoch + 1) * perEpoch) {
          List<T> rows = batches.get((int) (at.step % perEpoch));
          torch.manual_seed(run.random("dropout " + at.step).nextLong());
          at.loss = step(model, rows, optimizer, at.step, recipe.rate(at.step, total));
          at.step++;
          stage.step(
              String.format(
                  Locale.ROOT, "loss %.4f, %s%s", at.loss, pace.after(rows), best.note()));
          Snapshot.offer(run, at::snapshot);
        }
        at.epoch++;
        Finite.tensors(model.weights().all(), at.step, lower());
        Finite.after(at.step, lower(), () -> best.see(model.weights()));
      }
      best.restore(model.weights());
      return new Trained(at.epoch, at.step, at.loss, best.score);
    }
  }

  /**
   * Update {@code step}, counted from 0, on the cross-entropy of a batch as it is, at the recipe's
   * highest rate; gives the loss before it.
   *
   * @throws IllegalStateException when the loss stops being a number
   */
  public double step(Classifier model, List<? extends Input> rows, Optimizer optimizer, long step) {
    Classification asIs = Classification.asIs(model, recipe.bf16());
    return step(asIs, rows, optimizer, step, recipe.learningRate());
  }

  /** What to do about a loss that is no number. */
  private String lower() {
    return "lower the learning rate (" + recipe.learningRate() + ")";
  }

  private <T extends Input> double step(
      Objective<T> model, List<? extends T> rows, Optimizer optimizer, long step, double rate) {
    try (var scope = new PointerScope()) {
      Tensor loss = model.loss(rows, step);
      double value = Finite.loss(loss.item_double(), step + 1, lower());
      optimizer.step(loss, rate);
      return value;
    }
  }

  /** Mean cross-entropy (nats) of logits (N, C) over the items whose label is known. */
  public static Tensor crossEntropy(Tensor logits, int[] labels) {
    Tensor wide = logits.to(torch.ScalarType.Float);
    return cross_entropy_loss(
        wide,
        Tensors.beside(Tensors.longs(labels), wide),
        new TensorOptional(),
        torch.Reduction.Mean.value,
        -1,
        0.0);
  }

  /** All that a training must remember to go on. */
  private static final class State {
    private final Weights weights;
    private final Optimizer optimizer;
    private final Best best;
    private int epoch;
    private long step;
    private double loss = Double.NaN;

    State(Weights weights, Optimizer optimizer, Best best) {
      this.weights = weights;
      this.optimizer = optimizer;
      this.best = best;
    }

    Snapshot snapshot() {
      Snapshot out = new Snapshot().put("weights/", weights.all());
      out.values().put("epoch", epoch).put("step", step).put("loss", loss);
      optimizer.save(out);
      best.save(out);
      return out;
    }

    void restore(Run run) {
      try (var scope = new PointerScope()) {
        Snapshot.last(run)
            .ifPresent(
                s -> {
                  s.restore("weights/", weights.all());
                  optimizer.restore(s);
                  epoch = s.value("epoch").asInt();
                  step = s.value("step").asLong();
                  loss = s.value("loss").asDouble(Double.NaN);
                  best.restore(s, weights);
                });
      }
    }
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

    /** Whether these are the best. */
    boolean see(Weights trained) {
      if (judge == null) {
        return false;
      }
      double now = judge.getAsDouble();
      if (Double.isNaN(score) || now > score) {
        score = now;
        since = 0;
        close();
        weights = trained.copy();
        return true;
      }
      since++;
      return false;
    }

    boolean exhausted() {
      return patience > 0 && since >= patience;
    }

    void restore(Weights trained) {
      if (weights != null) {
        trained.set(weights);
      }
    }

    void save(Snapshot to) {
      to.values().put("best", score).put("since", since);
      if (weights != null) {
        to.put("best/", weights.all());
      }
    }

    void restore(Snapshot from, Weights trained) {
      score = from.value("best").asDouble(Double.NaN);
      since = from.value("since").asInt();
      if (from.has("best/")) {
        weights = trained.copy();
        from.restore("best/", weights.all());
      }
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
