package io.github.deepcut.unlearn.loop;

import io.github.deepcut.data.Input;
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
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * What methods share that go by gradients: passes over the data, one update a step, the stop rule
 * after each pass, the weights it liked best, checkpoints. What a method needs beyond that it adds:
 * {@link #before}, {@link #afterEach}, {@link #training}, {@link #over}, {@link #at}, {@link #by}.
 */
public final class Loop {
  private final int passes;
  private final boolean settles;
  private final BatchPlan plan;
  private final Classifier model;
  private final UnlearningData data;
  private List<? extends Input> forget;
  private Weights trained;
  private PassState beforePass = PassState.none();
  private Runnable afterStep = () -> {};
  private double peak;
  private Optional<RateSchedule> rates = Optional.empty(); // else as the stop rule has it
  private Function<Weights, Update> rule;

  /**
   * A loop over the model's own weights, by the rule of the settings; of forgotten rows the items
   * to forget alone have labels.
   *
   * @param settings rate, rule and most passes
   * @param plan what the steps of a pass meet
   * @param model changed in place
   * @param data D_f and D_r, and the rate at which the model was trained
   */
  public Loop(OptimizerSettings settings, BatchPlan plan, Classifier model, UnlearningData data) {
    this(settings.passes(), settings.decay(), plan, model, data);
    peak = settings.peak(data.learningRate());
    rule = settings::update;
  }

  /**
   * A loop at rates ({@link #at}) and by a rule ({@link #by}) that are still to be given.
   *
   * @param passes most passes
   * @param plan what the steps of a pass meet
   * @param model changed in place
   * @param data D_f and D_r
   */
  public Loop(int passes, BatchPlan plan, Classifier model, UnlearningData data) {
    this(passes, false, plan, model, data);
  }

  private Loop(int passes, boolean settles, BatchPlan plan, Classifier model, UnlearningData data) {
    this.passes = passes;
    this.settles = settles;
    this.plan = plan;
    this.model = model;
    this.data = data;
    this.forget = ItemOutputs.toForget(model, data.forget());
    this.trained = model.weights();
  }

  /**
   * Lets a method find out something before each pass.
   *
   * @param what asked before each pass, and kept in checkpoints
   * @return this loop
   */
  public Loop before(PassState what) {
    beforePass = what;
    return this;
  }

  /**
   * Does something after each update.
   *
   * @param what to do; tensors that it makes are freed with those of the step
   * @return this loop
   */
  public Loop afterEach(Runnable what) {
    afterStep = what;
    return this;
  }

  /**
   * Trains more weights than the model's.
   *
   * @param more all weights to train, the model's among them, by their names in checkpoints
   * @return this loop
   */
  public Loop training(Weights more) {
    trained = more;
    return this;
  }

  /**
   * Goes over other rows for D_f than those of the data.
   *
   * @param rows by whose positions the plan goes
   * @return this loop
   */
  public Loop over(List<? extends Input> rows) {
    forget = rows;
    return this;
  }

  /**
   * Goes at rates of the method's own.
   *
   * @param own the rate of each step
   * @return this loop
   */
  public Loop at(RateSchedule own) {
    rates = Optional.of(own);
    peak = own.peak();
    return this;
  }

  /**
   * Moves weights by a rule of the method's own.
   *
   * @param other makes the rule for the weights that are trained
   * @return this loop
   */
  public Loop by(Function<Weights, Update> other) {
    rule = other;
    return this;
  }

  /**
   * Descends on {@code loss}; a step whose loss depends on no weight moves nothing. A pass without
   * a step ends the run: nothing is left to be moved. Where the rate falls within passes, one whose
   * rule stops within it goes on to its end, for the model to settle.
   *
   * @param stop judges the model before anything moves and after each pass
   * @param run for its random streams, progress and checkpoints
   * @param loss of a step, a scalar
   * @return passes of the weights that are kept, steps made, and why it stopped
   * @throws IllegalStateException when the loss stops being a number
   */
  public Unlearned run(StopRule stop, Run run, Function<Step, Tensor> loss) {
    try (var best = new BestWeights();
        var update = rule.apply(trained);
        var stage = run.progress().stage("unlearn", passes)) {
      State at = new State(update, best, stop.within());
      Judgement judgement = stop.judge(model, 0);
      best.see(judgement, model, 0);
      if (at.restore(run)) {
        stage.skip(at.pass - 1);
      }
      for (; at.pass <= passes && !judgement.stop(); at.nextPass()) {
        List<Draw> steps = steps(at, run);
        if (steps.isEmpty()) {
          judgement = new Judgement(0, true, "calibrated");
          break;
        }
        while (at.batch < steps.size() && !judgement.stop()) {
          double rate = at.rate(steps.size());
          Step step = step(steps.get(at.batch++), at, run.random("step " + at.step++));
          descend(loss, step, update, new Numbered(at.step, rate));
          boolean last = at.batch == steps.size();
          if (last || (!at.settling.begun() && stop.asks(at.step))) {
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

  private List<Draw> steps(State at, Run run) {
    if (at.batch == 0) {
      Finite.after(at.step, lower(), beforePass::begin);
    }
    return plan.of(at.pass, forget.size(), data.retain().size(), run.random("order " + at.pass));
  }

  /** Weights that have not settled yet are not kept. */
  private Judgement judge(StopRule stop, State at, boolean last) {
    Finite.tensors(trained.all(), at.step, lower());
    Judgement judgement = Finite.after(at.step, lower(), () -> stop.judge(model, at.pass));
    if (last || !settles) {
      at.best.see(judgement, model, at.pass);
      return judgement;
    }
    if (judgement.stop()) {
      at.settling.from(at.batch);
    }
    return new Judgement(judgement.distance(), false, judgement.reason());
  }

  private Step step(Draw draw, State at, SplittableRandom random) {
    return new Step(
        model,
        data.bf16(),
        at.pass,
        draw,
        Arrays.stream(draw.forget()).<Input>mapToObj(forget::get).toList(),
        Arrays.stream(draw.retain()).<Input>mapToObj(data.retain()::get).toList(),
        random);
  }

  /** The number of a step, from 1 on, and its rate. */
  private record Numbered(long step, double rate) {}

  private void descend(Function<Step, Tensor> loss, Step step, Update update, Numbered number) {
    torch.manual_seed(step.random().nextLong());
    try (var scope = new PointerScope()) {
      Tensor value = loss.apply(step);
      Finite.loss(value.item_double(), number.step, lower());
      if (value.requires_grad()) {
        update.step(value, number.rate);
        afterStep.run();
      }
    }
  }

  /** What to do about a loss that is no number. */
  private String lower() {
    return "lower the learning rate (" + peak + ")";
  }

  /** All that a run must remember to go on. */
  private final class State {
    private final Update update;
    private final BestWeights best;
    private final Settling settling;
    private int pass = 1;
    private int batch;
    private long step;

    State(Update update, BestWeights best, boolean within) {
      this.update = update;
      this.best = best;
      this.settling = new Settling(peak, settles, within);
    }

    void nextPass() {
      pass++;
      batch = 0;
      settling.from(0);
    }

    /** Of the next of the {@code size} steps of the pass. */
    double rate(int size) {
      return rates.isPresent() ? rates.get().rate(pass, batch, size) : settling.rate(batch, size);
    }

    Snapshot snapshot() {
      Snapshot out = new Snapshot().put("weights/", trained.all());
      out.values().put("pass", pass).put("batch", batch).put("step", step);
      out.values().put("settled_from", settling.from());
      beforePass.save(out);
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
        settling.from(s.value("settled_from").asInt());
        beforePass.restore(s);
        update.restore(s);
        best.restore(s, model);
        return true;
      }
    }
  }
}
