package io.github.deepcut.unlearn.deepcut;

import io.github.deepcut.data.Input;
import io.github.deepcut.model.Classifier;
import io.github.deepcut.model.transformer.FrozenLayers;
import io.github.deepcut.model.transformer.TextClassifier;
import io.github.deepcut.run.Run;
import io.github.deepcut.tensor.Finite;
import io.github.deepcut.tensor.Snapshot;
import io.github.deepcut.train.Batches;
import io.github.deepcut.train.Optimizer;
import io.github.deepcut.unlearn.StopRule;
import io.github.deepcut.unlearn.StopRule.Judgement;
import io.github.deepcut.unlearn.UnlearningData;
import io.github.deepcut.unlearn.UnlearningMethod;
import io.github.deepcut.unlearn.deepcut.DeepCutSettings.PushKind;
import io.github.deepcut.unlearn.deepcut.target.TargetLosses;
import io.github.deepcut.unlearn.loop.BestWeights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;

/**
 * DeepCUT: deep contrastive unlearning for fine-tuned language models (arXiv 2503.14900).
 *
 * <p>Each step takes a batch of forgotten and a batch of retained sequences and descends <b>L =
 * L_CE + γ·L_f</b>: cross-entropy on the retained items, and on the anchors (items of D_f) the
 * forgetting loss {@link ContrastiveLoss#DEEPCUT} between their unit-length embeddings and those of
 * a contrast set. In the paper forgotten sequences pass the encoder several times under dropout, as
 * {@code views}. An anchor of a sentence classifier is its [CLS] state, of a tagger the first
 * sub-word of an entity word.
 *
 * <p>Departures from the paper, each with its figures in docs/methods.md: the calibrated push
 * ({@link Push#towards}; {@code push=plain} is the paper's), an anchor beyond its target pulled
 * back by L_f with P and N exchanged, one view without dropout, retained items held to the original
 * model's outputs, not to their labels ({@link DistillationLoss}), partners of the anchors' own
 * classes, the cap per class, the linear decay of the rate, L_f as a mean weighted by pushes that
 * grow ({@link Gain}). For words, and for images, which the paper does not treat, L also has the
 * anchors' cross-entropy, ascended by their push ({@code ascent}); for images the optimizer is SGD.
 *
 * @param settings the hyper-parameters
 */
public record DeepCut(DeepCutSettings settings) implements UnlearningMethod {
  /** A push weaker than this counts as none. */
  private static final float SETTLED = 0.05f;

  @Override
  public String name() {
    return "deepcut";
  }

  @Override
  public Unlearned unlearn(Classifier model, UnlearningData sets, StopRule stop, Run run) {
    if (settings.trainLayers() == 0 || !(model instanceof TextClassifier whole)) {
      return descend(model, sets, stop, run);
    }
    int frozen = settings.frozenLayers(model.weights());
    try (var lower = new FrozenLayers(frozen, sets.forget(), FrozenLayers.BOUND)) {
      return descend(lower.below(whole), sets, stop, run);
    }
  }

  private Unlearned descend(Classifier model, UnlearningData sets, StopRule stop, Run run) {
    Push push = push(model, sets, run);
    Schedule schedule = new Schedule(settings.rate(sets.learningRate()), sets.forget().size());
    try (var best = new BestWeights();
        var step = new DeepCutStep(settings, model, sets);
        var optimizer = settings.optimizer(model.weights());
        var stage = run.progress().stage("unlearn", settings.passes())) {
      State at = new State(model, sets.forget(), optimizer, best);
      Judgement judgement = stop.judge(model, 0);
      best.see(judgement, model, 0);
      if (at.restore(run)) {
        stage.skip(at.pass - 1);
      }
      for (; at.pass <= settings.passes() && !judgement.stop(); at.nextPass()) {
        if (at.push == null) {
          at.push = at.gain.on(Finite.after(at.step, schedule.lower(), () -> push.weights(model)));
        }
        List<int[]> batches = batches(at.push, schedule, run.random("order " + at.pass));
        if (batches.isEmpty()) {
          judgement = new Judgement(0, true, "calibrated");
          break;
        }
        while (at.batch < batches.size()) {
          SplittableRandom random = run.random("step " + at.step);
          double done = (at.pass - 1 + (double) at.batch / batches.size()) / settings.passes();
          int[] rows = batches.get(at.batch++);
          double rate = schedule.at(done) * share(rows, at.push);
          Finite.loss(
              step.descend(rows, at.push, optimizer, rate, random), ++at.step, schedule.lower());
          Snapshot.offer(run, at::snapshot);
        }
        Finite.tensors(model.weights().all(), at.step, schedule.lower());
        judgement = Finite.after(at.step, schedule.lower(), () -> stop.judge(model, at.pass));
        best.see(judgement, model, at.pass);
        stage.step(judgement.note());
      }
      String reason = judgement.stop() ? judgement.reason() : "passes";
      return new Unlearned(best.restore(model), at.step, reason);
    }
  }

  /** The length of a step, of 1: as the pushes of its items, where these are few. */
  private double share(int[] rows, float[][] push) {
    double sum = 0;
    for (int row : rows) {
      for (float v : push[row]) {
        sum += Math.abs(v);
      }
    }
    return sum < settings.leastPush() ? sum / settings.leastPush() : 1;
  }

  /** The rate: linear from the peak down to a twentieth of it as the passes go by, or constant. */
  private final class Schedule {
    private final double peak;
    private final int batchSize;

    /** ω, raised where a small request would else make fewer than the least steps. */
    private final int retainBatches;

    Schedule(double peak, int forgotten) {
      this.batchSize = settings.batchSize(forgotten);
      int batches = (forgotten + batchSize - 1) / batchSize;
      int all = batches * settings.passes();
      this.peak = peak;
      this.retainBatches =
          Math.max(settings.retainBatches(), (settings.minSteps() + all - 1) / all);
    }

    /** What to do about a loss that is no number. */
    String lower() {
      return "lower learning_rate (" + peak + ")";
    }

    /** Where the share {@code done} of the passes is behind. */
    double at(double done) {
      return settings.decay() ? peak * Math.max(0.05, 1 - done) : peak;
    }
  }

  /** A pass's batches of D_f, alike in size, of the sequences with an item that is to be moved. */
  private static List<int[]> batches(float[][] push, Schedule schedule, SplittableRandom random) {
    int[] order =
        Arrays.stream(Batches.sample(push.length, push.length, random))
            .filter(
                r ->
                    IntStream.range(0, push[r].length)
                        .anyMatch(k -> !(Math.abs(push[r][k]) <= SETTLED)))
            .toArray();
    List<int[]> out = new ArrayList<>();
    int count = (order.length + schedule.batchSize - 1) / schedule.batchSize;
    int from = 0;
    for (int b = 1; b <= count; b++) {
      int to = (int) ((long) b * order.length / count);
      int[] rows = Arrays.copyOfRange(order, from, to);
      from = to;
      for (int k = 0; k < schedule.retainBatches; k++) {
        out.add(rows);
      }
    }
    return out;
  }

  private Push push(Classifier model, UnlearningData sets, Run run) {
    if (settings.push() == PushKind.PLAIN) {
      return Push.plain(sets.forget());
    }
    TargetLosses.Targets targets = settings.unseen().estimate(model, sets, run);
    return Push.towards(targets, sets.forget(), settings.softness());
  }

  /** All that a run must remember to go on. */
  private final class State {
    private final Classifier model;
    private final List<? extends Input> forget;
    private final Optimizer optimizer;
    private final BestWeights best;
    private final Gain gain = new Gain(settings.gammaGain());
    private float[][] push; // of the pass under way; null before its first step
    private int pass = 1;
    private int batch;
    private long step;

    State(Classifier model, List<? extends Input> forget, Optimizer optimizer, BestWeights best) {
      this.model = model;
      this.forget = forget;
      this.optimizer = optimizer;
      this.best = best;
    }

    void nextPass() {
      pass++;
      batch = 0;
      push = null;
    }

    Snapshot snapshot() {
      Snapshot out = new Snapshot().put("weights/", model.weights().all());
      out.put("push", flat(push)).put("gain", flat(gain.gains()));
      out.values().put("pass", pass).put("batch", batch).put("step", step);
      optimizer.save(out);
      best.save(out);
      return out;
    }

    boolean restore(Run run) {
      try (var scope = new PointerScope()) {
        Snapshot s = Snapshot.last(run).orElse(null);
        if (s == null) {
          return false;
        }
        s.restore("weights/", model.weights().all());
        push = shaped(s.array("push", items()));
        gain.gains(shaped(s.array("gain", items())));
        pass = s.value("pass").asInt();
        batch = s.value("batch").asInt();
        step = s.value("step").asLong();
        optimizer.restore(s);
        best.restore(s, model);
        return true;
      }
    }

    private static float[] flat(float[][] rows) {
      float[] out = new float[Arrays.stream(rows).mapToInt(r -> r.length).sum()];
      int next = 0;
      for (float[] row : rows) {
        System.arraycopy(row, 0, out, next, row.length);
        next += row.length;
      }
      return out;
    }

    private int items() {
      return forget.stream().mapToInt(row -> row.labels().length).sum();
    }

    private float[][] shaped(float[] flat) {
      float[][] out = new float[forget.size()][];
      int next = 0;
      for (int r = 0; r < out.length; r++) {
        int n = forget.get(r).labels().length;
        out[r] = Arrays.copyOfRange(flat, next, next + n);
        next += n;
      }
      return out;
    }
  }
}
