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
   * Over the model's own weights, by the rule of the settings; of forgotten rows the items to
   * forget alone have labels.
   *
   * @param model changed in place
   */
  public Loop(OptimizerSettings settings, BatchPlan plan, Classifier model, UnlearningData data) {
    this(settings.passes(), settings.decay(), plan, model, data);
    peak = settings.peak(data.learningRate());
    rule = settings::update;
  }

  /** At rates ({@link #at}) and by a rule ({@link #by}) that are still to be given. */
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

  /** Lets a method find out something before each pass. */
  public Loop before(PassState what) {
    beforePass = what;
    return this;
  }

  /** Does something after each update. */
  public Loop afterEach(Runnable what) {
    afterStep = what;
    return this;
  }

  /** Trains more weights than the model's. */
  public Loop training(Weights more) {
    trained = more;
    return this;
  }

  /** Goes over these rows for D_f. */
  public Loop over(List<? extends Input> rows) {
    forget = rows;
    return this;
  }

  /** Goes at rates of the method's own. */
  public Loop at(RateSchedule own) {
    rates = Optional.of(own);
    peak = own.peak();
    return this;
  }

  /** Moves weights by a rule of the method's own. */
  public Loop by(Function<Weights, Update> other) {
    rule = other;
    return this;
  }

  /** What a step meets; its tensors live until the step is over. */
  public record Step(
      Loop loop,
      int pass,
      Draw draw,
      List<Input> forgetRows,
      List<Input> retainRows,
      SplittableRandom random) {

    /** The model that moves. */
    public Classifier model() {
      return loop.model;
    }

    /** Whether passes are in mixed precision. */
    public boolean bf16() {
      return loop.data.bf16();
    }

    /** The forgotten rows through the model, with dropout. */
    public ItemOutputs forwardForget() {
      return forward(forgetRows);
    }

    /** The retained rows through the model, with dropout. */
    public ItemOutputs forwardRetain() {
      return forward(retainRows);
    }

    /** Rows through the model as it is used: no dropout, no gradients. */
    public ItemOutputs asked(List<? extends Input> rows) {
      return ItemOutputs.asked(loop.model, rows, loop.data.bf16());
    }

    /**
     * Texts with dropout. Images without: the batch norms keep the statistics that training left
     * them, for those of a batch that is half forgotten are no other data's.
     */
    public ItemOutputs forward(List<? extends Input> rows) {
      boolean dropout = loop.model.task() != Task.IMAGE;
      return ItemOutputs.of(loop.model, rows, dropout, loop.data.bf16());
    }
  }

  /**
   * Descends on {@code loss}; a step whose loss depends on no weight moves nothing. A pass without
   * a step ends the run: nothing is left to be moved. Where the rate falls within passes, one whose
   * rule stops within it goes on to its end, for the model to settle; see {@link Settling}.
   *
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
          double rate = at.rate(steps.size()) * steps.get(at.batch).pace();
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
        this,
        at.pass,
        draw,
        Arrays.stream(draw.forget()).<Input>mapToObj(forget::get).toList(),
        Arrays.stream(draw.retain()).<Input>mapToObj(data.retain()::get).toList(),
        random);
  }

  /** The number of a step, from 1 on, and its rate. */
  private record Numbered(long step, double rate) {}

  private void descend(Function<Step, Tensor> loss, Step step, Update update, Numbered number) {
    torch.manual_seed(step.random.nextLong());
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
