package io.github.deepcut.train;

import static org.bytedeco.pytorch.global.torch.cross_entropy_loss;

import io.github.deepcut.data.Batch;
import io.github.deepcut.data.Sequence;
import io.github.deepcut.model.Classifier;
import io.github.deepcut.run.Run;
import io.github.deepcut.tensor.Autocast;
import io.github.deepcut.tensor.Snapshot;
import io.github.deepcut.tensor.Tensors;
import io.github.deepcut.tensor.Weights;
import java.util.List;
import java.util.Locale;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** Fine-tunes a classifier in place by cross-entropy, after a {@link Recipe}. */
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
  public Trained train(Classifier model, List<Sequence> data, Score score, Run run) {
    long perEpoch = ((long) data.size() + recipe.batchSize() - 1) / recipe.batchSize();
    long total = recipe.epochs() * perEpoch;
    try (var optimizer =
            new Optimizer(model.weights(), n -> true, recipe.weightDecay(), recipe.clip());
        var best = new Best(score, recipe.patience());
        var stage = run.progress().stage("train", total)) {
      State at = new State(model, optimizer, best);
      at.restore(run);
      stage.skip(at.step);
      while (at.epoch < recipe.epochs() && !best.exhausted()) {
        var batches = Batches.shuffled(data, recipe.batchSize(), run.random("order " + at.epoch));
        while (at.step < (at.epoch + 1) * perEpoch) {
          List<Sequence> rows = batches.get((int) (at.step % perEpoch));
          torch.manual_seed(run.random("dropout " + at.step).nextLong());
          at.loss = step(model, rows, optimizer, rate(at.step++, total));
          stage.step(String.format(Locale.ROOT, "loss %.4f%s", at.loss, best.note()));
          Snapshot.offer(run, at::snapshot);
        }
        at.epoch++;
        best.see(model);
      }
      best.restore(model);
      return new Trained(at.epoch, at.step, at.loss, best.score);
    }
  }

  /** All that a training must remember to go on. */
  private static final class State {
    private final Classifier model;
    private final Optimizer optimizer;
    private final Best best;
    private int epoch;
    private long step;
    private double loss = Double.NaN;

    State(Classifier model, Optimizer optimizer, Best best) {
      this.model = model;
      this.optimizer = optimizer;
      this.best = best;
    }

    Snapshot snapshot() {
      Snapshot out = new Snapshot().put("weights/", model.weights().all());
      optimizer.save(out);
      out.values().put("epoch", epoch).put("step", step).put("loss", loss);
      best.save(out);
      return out;
    }

    void restore(Run run) {
      try (var scope = new PointerScope()) {
        Snapshot.last(run)
            .ifPresent(
                s -> {
                  s.restore("weights/", model.weights().all());
                  optimizer.restore(s);
                  epoch = s.values().get("epoch").asInt();
                  step = s.values().get("step").asLong();
                  loss = s.values().get("loss").asDouble(Double.NaN);
                  best.restore(s, model);
                });
      }
    }
  }

  /** One update on the cross-entropy of a batch; gives the loss before it. */
  public double step(Classifier model, List<Sequence> rows, Optimizer optimizer, double rate) {
    try (var scope = new PointerScope()) {
      Batch batch = Batch.of(rows);
      Tensor logits;
      try (var mixed = Autocast.set(recipe.bf16())) {
        logits = model.forward(batch, true).logits();
      }
      Tensor loss = crossEntropy(logits, batch.labels());
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
    private final Score judge;
    private final int patience;
    private double score = Double.NaN;
    private int since;
    private Weights weights;

    Best(Score judge, int patience) {
      this.judge = judge;
      this.patience = patience;
    }

    void see(Classifier model) {
      if (judge == null) {
        return;
      }
      double now = judge.of(model);
      if (!(now <= score)) {
        score = now;
        since = 0;
        close();
        weights = model.weights().copy();
      } else {
        since++;
      }
    }

    boolean exhausted() {
      return patience > 0 && since >= patience;
    }

    void restore(Classifier model) {
      if (weights != null) {
        model.weights().set(weights);
      }
    }

    void save(Snapshot to) {
      to.values().put("best", score).put("since", since);
      if (weights != null) {
        to.put("best/", weights.all());
      }
    }

    void restore(Snapshot from, Classifier model) {
      score = from.values().get("best").asDouble(Double.NaN);
      since = from.values().get("since").asInt();
      if (from.has("best/")) {
        weights = model.weights().copy();
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
