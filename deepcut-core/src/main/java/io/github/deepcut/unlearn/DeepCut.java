package io.github.deepcut.unlearn;

import io.github.deepcut.data.Batch;
import io.github.deepcut.data.Sequence;
import io.github.deepcut.data.Task;
import io.github.deepcut.model.Classifier;
import io.github.deepcut.run.Run;
import io.github.deepcut.train.Batches;
import io.github.deepcut.train.Optimizer;
import io.github.deepcut.train.Trainer;
import io.github.deepcut.unlearn.DeepCutSettings.PushKind;
import io.github.deepcut.unlearn.StopRule.Judgement;
import io.github.deepcut.unlearn.loss.ContrastiveLoss;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * DeepCUT: deep contrastive unlearning for fine-tuned language models (arXiv 2503.14900).
 *
 * <p>Each step takes a batch of forgotten and a batch of retained sequences and descends <b>L =
 * L_CE + γ·L_f</b>: cross-entropy on the retained items, and on the anchors (items of D_f) the
 * forgetting loss {@link ContrastiveLoss#DEEPCUT} between their unit-length embeddings and those of
 * a contrast set. Forgotten sequences pass the encoder {@code views} times under dropout. An anchor
 * of a sentence classifier is its [CLS] state, of a tagger the first sub-word of an entity word.
 *
 * <p>Departures from the paper, each with its figures in docs/methods.md: the calibrated push
 * ({@link Push#towards}; {@code push=plain} is the paper's), an anchor beyond its target pulled
 * back by L_f with P and N exchanged, retained items also held to the original model's outputs
 * ({@link Keeper}), partners of the anchors' own classes, the cap per class, the linear decay of
 * the rate, the two-sided stop rule.
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
  public Unlearned unlearn(Classifier model, ForgetSets sets, StopRule stop, Run run) {
    torch.manual_seed(run.random("dropout").nextLong());
    SplittableRandom random = run.random("deepcut");
    Classes classes =
        new Classes(model.labels(), model.task() == Task.NER, settings.anchorBackground());
    Partners partners = new Partners(sets.retain(), classes, random);
    Push push = push(model, sets, run);
    double rate = settings.rate(sets.learningRate());
    long steps = 0;
    try (var best = new BestWeights(settings.push() == PushKind.CALIBRATED);
        var keeper = new Keeper(model, settings.distill());
        var optimizer = new Optimizer(model.weights(), settings::trains, 0.01, 1.0);
        var stage = run.progress().stage("unlearn", settings.passes())) {
      Judgement judgement = stop.judge(model, 0);
      best.see(judgement, model, 0);
      Draw draw = new Draw(new ForgettingLoss(settings, classes, random), partners, keeper, random);
      Schedule schedule = new Schedule(rate, sets.forget().size());
      Gain gain = new Gain(settings.gammaGain());
      for (int pass = 1; pass <= settings.passes() && !judgement.stop(); pass++) {
        float[][] weights = gain.on(push.weights(model));
        int[] order = active(weights, random);
        if (order.length == 0) {
          judgement = new Judgement(judgement.distance(), true, "calibrated");
          break;
        }
        for (int from = 0; from < order.length; from += settings.batchSize()) {
          int[] rows =
              Arrays.copyOfRange(order, from, Math.min(order.length, from + settings.batchSize()));
          Anchors anchors = Anchors.of(sets.forget(), weights, rows);
          for (int k = 0; k < schedule.retainBatches; k++) {
            step(model, anchors, draw, optimizer, schedule.at(steps++));
          }
        }
        judgement = stop.judge(model, pass);
        best.see(judgement, model, pass);
        stage.step(String.format(Locale.ROOT, "distance %.3f", judgement.distance()));
      }
      String reason = judgement.stop() ? judgement.reason() : "passes";
      return new Unlearned(best.restore(model), steps, reason);
    }
  }

  /** The rate of each step: linear from the peak down to a twentieth of it, or constant. */
  private final class Schedule {
    private final double peak;
    private final double total;

    /** ω, raised where a small request would else make fewer than the least steps. */
    private final int retainBatches;

    Schedule(double peak, int forgotten) {
      int batches = (forgotten + settings.batchSize() - 1) / settings.batchSize();
      int all = batches * settings.passes();
      this.peak = peak;
      this.retainBatches =
          Math.max(settings.retainBatches(), (settings.minSteps() + all - 1) / all);
      this.total = (double) all * retainBatches;
    }

    double at(long step) {
      return settings.decay() ? peak * Math.max(0.05, 1 - step / total) : peak;
    }
  }

  /** The sequences with an item that is still to be moved, in random order. */
  private static int[] active(float[][] weights, SplittableRandom random) {
    return Arrays.stream(Batches.sample(weights.length, weights.length, random))
        .filter(
            r ->
                IntStream.range(0, weights[r].length)
                    .anyMatch(k -> Math.abs(weights[r][k]) > SETTLED))
        .toArray();
  }

  private Push push(Classifier model, ForgetSets sets, Run run) {
    if (settings.push() == PushKind.PLAIN) {
      return Push.plain(sets.forget());
    }
    double[][] target = settings.unseen().estimate(model, sets, run);
    return Push.towards(target, sets.forget(), settings.softness());
  }

  /** As many retained rows as forgotten ones, as in the paper, but no fewer than eight. */
  private int retainBatch(int forgotten) {
    return Math.min(settings.retainBatchSize(), Math.max(8, forgotten));
  }

  /** The forgotten sequences of one step and the push on each of their items. */
  private record Anchors(List<Sequence> rows, float[][] weights) {
    static Anchors of(List<Sequence> forget, float[][] weights, int[] rows) {
      return new Anchors(
          Arrays.stream(rows).mapToObj(forget::get).toList(),
          Arrays.stream(rows).mapToObj(r -> weights[r]).toArray(float[][]::new));
    }
  }

  /** What the steps of a run share. */
  private record Draw(
      ForgettingLoss forgetting, Partners partners, Keeper keeper, SplittableRandom random) {}

  /** One descent on L = L_CE + γ·L_f. */
  private void step(
      Classifier model, Anchors anchors, Draw draw, Optimizer optimizer, double rate) {
    try (var scope = new PointerScope()) {
      List<Sequence> rows = new ArrayList<>();
      for (int v = 0; v < settings.views(); v++) {
        rows.addAll(anchors.rows());
      }
      int forgotten = rows.stream().mapToInt(r -> r.labels().length).sum(); // F items come first
      List<Sequence> kept =
          draw.partners().draw(anchors.rows(), retainBatch(anchors.rows().size()));
      rows.addAll(kept);
      int retained = kept.stream().mapToInt(r -> r.labels().length).sum();
      List<Sequence> held = new ArrayList<>(kept);
      if (settings.corruption() > 0) {
        held.addAll(Corruption.of(kept, settings.corruption(), draw.random()));
        rows.addAll(held.subList(kept.size(), held.size()));
      }
      Batch batch = Batch.of(rows);
      Classifier.Output out = model.forward(batch, true);

      int others = batch.labels().length - forgotten;
      int[] labels = Arrays.copyOfRange(batch.labels(), forgotten, forgotten + retained);
      Tensor loss =
          Trainer.crossEntropy(out.logits().narrow(0, forgotten, retained), labels)
              .add(draw.keeper().loss(out.logits().narrow(0, forgotten, others), held));
      Tensor lf = draw.forgetting().of(out.items(), batch.labels(), anchors.weights());
      if (lf != null) {
        loss = loss.add(lf.mul(new Scalar(settings.gamma())));
      }
      optimizer.step(loss, rate);
    }
  }
}
