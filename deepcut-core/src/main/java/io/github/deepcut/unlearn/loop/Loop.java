package io.github.deepcut.unlearn.loop;

import io.github.deepcut.data.Input;
import io.github.deepcut.data.Task;
import io.github.deepcut.model.Classifier;
import io.github.deepcut.run.Run;
import io.github.deepcut.tensor.Finite;
import io.github.deepcut.tensor.Snapshot;
import io.github.deepcut.tensor.Weights;
import io.github.deepcut.unlearn.StopRule;
import io.github.deepcut.unlearn.StopRule.Judgement;
import io.github.deepcut.unlearn.UnlearningData;
import io.github.deepcut.unlearn.UnlearningMethod.Unlearned;
import io.github.deepcut.unlearn.loop.BatchPlan.Draw;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * What methods that go by gradients share: passes over the data, one update a step, the stop rule
 * after each pass, the weights it liked best, checkpoints.
 *
 * @param model changed in place
 * @param forget D_f, of which the items to forget alone have labels
 * @param trained what moves: the model's weights, and perhaps some more
 * @param afterStep what to do after each update
 */
public record Loop(
    OptimizerSettings descent,
    BatchPlan draws,
    Classifier model,
    UnlearningData sets,
    List<Input> forget,
    Weights trained,
    Runnable afterStep) {
  private static final int WARM_UP = 50;

  /** Over the model's own weights. */
  public Loop(OptimizerSettings descent, BatchPlan draws, Classifier model, UnlearningData sets) {
    this(
        descent,
        draws,
        model,
        sets,
        ItemOutputs.toForget(model, sets.forget()),
        model.weights(),
        () -> {});
  }

  /** The same, with something to do after each update. */
  public Loop afterEach(Runnable what) {
    return new Loop(descent, draws, model, sets, forget, trained, what);
  }

  /** The same, with more weights to train beside the model's. */
  public Loop training(Weights more) {
    return new Loop(descent, draws, model, sets, forget, more, afterStep);
  }

  /** What a step meets; its tensors live until the step is over. */
  public record Step(
      Loop loop,
      int pass,
      List<Input> forgetRows,
      List<Input> retainRows,
      SplittableRandom random) {

    /** The forgotten rows through the model, with dropout. */
    public ItemOutputs forget() {
      return of(forgetRows);
    }

    /** The retained rows through the model, with dropout. */
    public ItemOutputs retain() {
      return of(retainRows);
    }

    /** Rows through the model as it is used: no dropout, no gradients. */
    public ItemOutputs asked(List<? extends Input> rows) {
      try (var noGrad = new NoGradGuard()) {
        return ItemOutputs.of(loop.model, rows, false, loop.sets.bf16());
      }
    }

    /**
     * Texts with dropout. Images without: the batch norms keep the statistics that training left
     * them, for those of a batch that is half forgotten are no other data's.
     */
    public ItemOutputs of(List<? extends Input> rows) {
      boolean dropout = loop.model.task() != Task.IMAGE;
      return ItemOutputs.of(loop.model, rows, dropout, loop.sets.bf16());
    }
  }

  /**
   * Descends on {@code loss}; a step whose loss depends on no weight moves nothing. Where the rate
   * falls within passes, one whose rule stops within it goes on to its end, for the model to
   * settle. Under a rule that is made to be asked {@link StopRule#within} passes the rate warms up
   * over {@value #WARM_UP} steps, or half of the pass, and falls over its last quarter; where the
   * rule is content before, it falls from there: no model is moved at a higher rate than it takes.
   *
   * @throws IllegalStateException when the loss stops being a number
   */
  public Unlearned run(StopRule stop, Run run, Function<Step, Tensor> loss) {
    try (var best = new BestWeights();
        var update = descent.update(trained);
        var stage = run.progress().stage("unlearn", descent.passes())) {
      State at = new State(update, best);
      Judgement judgement = stop.judge(model, 0);
      best.see(judgement, model, 0);
      if (at.restore(run)) {
        stage.skip(at.pass - 1);
      }
      for (; at.pass <= descent.passes() && !judgement.stop(); at.nextPass()) {
        List<Draw> steps =
            draws.of(at.pass, forget.size(), sets.retain().size(), run.random("order " + at.pass));
        while (at.batch < steps.size() && !judgement.stop()) {
          double rate = at.rate(steps.size(), stop.within());
          Step step = step(steps.get(at.batch++), at, run.random("step " + at.step++));
          descend(loss, step, update, new Pace(at.step, rate));
          boolean last = at.batch == steps.size();
          if (last || (!at.settling() && stop.asks(at.step))) {
            judgement = judge(stop, at, last);
          }
          if (!judgement.stop()) { // else what goes on from here would miss that it had stopped
            Snapshot.offer(run, at::snapshot);
          }
        }
        stage.step(judgement.note());
      }
      String reason = judgement.stop() ? judgement.reason() : "passes";
      return new Unlearned(best.restore(model), at.step, reason);
    }
  }

  /** Weights that have not settled yet are not kept. */
  private Judgement judge(StopRule stop, State at, boolean last) {
    Finite.tensors(trained.all(), at.step, lower());
    Judgement judgement = Finite.after(at.step, lower(), () -> stop.judge(model, at.pass));
    if (last || !descent.decay()) {
      at.best.see(judgement, model, at.pass);
      return judgement;
    }
    at.settledFrom = judgement.stop() ? at.batch : 0;
    return new Judgement(judgement.distance(), false, judgement.reason());
  }

  private Step step(Draw draw, State at, SplittableRandom random) {
    return new Step(
        this,
        at.pass,
        Arrays.stream(draw.forget()).mapToObj(forget::get).toList(),
        Arrays.stream(draw.retain()).<Input>mapToObj(sets.retain()::get).toList(),
        random);
  }

  /** The number of a step, from 1 on, and its rate. */
  private record Pace(long step, double rate) {}

  private void descend(Function<Step, Tensor> loss, Step step, Update update, Pace pace) {
    torch.manual_seed(step.random.nextLong());
    try (var scope = new PointerScope()) {
      Tensor value = loss.apply(step);
      Finite.loss(value.item_double(), pace.step, lower());
      if (value.requires_grad()) {
        update.step(value, pace.rate);
        afterStep.run();
      }
    }
  }

  /** What to do about a loss that is no number. */
  private String lower() {
    return "lower learning_rate (" + descent.rate(sets.learningRate(), 0) + ")";
  }

  /** All that a run must remember to go on. */
  private final class State {
    private final Update update;
    private final BestWeights best;
    private int pass = 1;
    private int batch;
    private long step;
    private int settledFrom; // the batch of this pass after which the rule was content, 0: none

    State(Update update, BestWeights best) {
      this.update = update;
      this.best = best;
    }

    void nextPass() {
      pass++;
      batch = 0;
      settledFrom = 0;
    }

    boolean settling() {
      return settledFrom > 0;
    }

    /** The rate of the next of the {@code size} steps of a pass. */
    double rate(int size, boolean within) {
      if (!within || !settling()) {
        return rate(batch, size, within);
      }
      double left = (double) (size - batch) / (size - settledFrom);
      return rate(settledFrom - 1, size, true) * left;
    }

    private double rate(int behind, int size, boolean within) {
      if (!within || !descent.decay()) {
        return descent.rate(sets.learningRate(), (double) behind / size);
      }
      double up = (behind + 1) / Math.min(WARM_UP, size / 2.0);
      double down = (size - behind) / (size / 4.0);
      return descent.rate(sets.learningRate(), 0) * Math.min(1, Math.min(up, down));
    }

    Snapshot snapshot() {
      Snapshot out = new Snapshot().put("weights/", trained.all());
      out.values().put("pass", pass).put("batch", batch).put("step", step);
      out.values().put("settled_from", settledFrom);
      update.save(out);
      best.save(out);
      return out;
    }

    boolean restore(Run run) {
      try (var scope = new PointerScope()) {
        Snapshot s = Snapshot.last(run).orElse(null);
        if (s == null) {
          return false;
        }
        s.restore("weights/", trained.all());
        pass = s.value("pass").asInt();
        batch = s.value("batch").asInt();
        step = s.value("step").asLong();
        settledFrom = s.value("settled_from").asInt();
        update.restore(s);
        best.restore(s, model);
        return true;
      }
    }
  }
}
