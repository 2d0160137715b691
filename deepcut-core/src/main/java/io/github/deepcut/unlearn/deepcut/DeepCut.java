package io.github.deepcut.unlearn.deepcut;

import io.github.deepcut.model.Classifier;
import io.github.deepcut.model.transformer.FrozenLayers;
import io.github.deepcut.model.transformer.TextClassifier;
import io.github.deepcut.run.Run;
import io.github.deepcut.train.Batches;
import io.github.deepcut.unlearn.StopRule;
import io.github.deepcut.unlearn.UnlearningData;
import io.github.deepcut.unlearn.UnlearningMethod;
import io.github.deepcut.unlearn.deepcut.DeepCutSettings.PushKind;
import io.github.deepcut.unlearn.loop.BatchPlan;
import io.github.deepcut.unlearn.loop.BatchPlan.Draw;
import io.github.deepcut.unlearn.loop.Loop;
import io.github.deepcut.unlearn.loop.Pace;
import io.github.deepcut.unlearn.loop.Update;
import io.github.deepcut.unlearn.loss.ContrastiveLoss;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * DeepCUT: deep contrastive unlearning for fine-tuned language models (arXiv 2503.14900).
 *
 * <p>Each step takes a batch of forgotten and a batch of retained sequences and descends <b>L = L_r
 * + γ·L_f</b>: on the anchors (items of D_f) the forgetting loss {@link ContrastiveLoss#DEEPCUT}
 * between their unit-length embeddings and those of a contrast set; on the retained items, in the
 * paper, cross-entropy. There forgotten sequences pass the encoder several times under dropout, as
 * {@code views}. An anchor of a sentence classifier is its [CLS] state, of a tagger the first
 * sub-word of an entity word.
 *
 * <p>Departures from the paper, each with its figures in deepcut-bench/notebook: the calibrated
 * push ({@link AnchorWeights}; {@code push=plain} is the paper's), an anchor beyond its target
 * pulled back by L_f with P and N exchanged, one view without dropout, retained items held to the
 * original model's outputs, not to their labels ({@link DistillationLoss}), retained rows of the
 * anchors' own classes, the cap per class, the linear decay of the rate, L_f as a mean weighted by
 * pushes that grow. For words, and for images, which the paper does not treat, L also has the
 * anchors' cross-entropy, ascended by their push ({@code ascent}); for images the optimizer is SGD.
 *
 * @param settings the hyper-parameters
 */
public record DeepCut(DeepCutSettings settings) implements UnlearningMethod {

  @Override
  public String name() {
    return "deepcut";
  }

  @Override
  public Unlearned unlearn(Classifier model, UnlearningData data, StopRule stop, Run run) {
    if (settings.trainLayers() == 0 || !(model instanceof TextClassifier whole)) {
      return descend(model, data, stop, run);
    }
    int frozen = settings.frozenLayers(model.weights());
    try (var lower = new FrozenLayers(frozen, data.forget(), FrozenLayers.BOUND)) {
      return descend(lower.below(whole), data, stop, run);
    }
  }

  private Unlearned descend(Classifier model, UnlearningData data, StopRule stop, Run run) {
    AnchorWeights weights =
        new AnchorWeights(data.forget(), push(model, data, run), settings.gammaGain());
    try (var loss = new DeepCutLoss(settings, model, data)) {
      return new Loop(settings.steps(), plan(weights), model, data)
          .over(data.forget())
          .before(weights)
          .at(new Fall(settings.rate(data.learningRate())))
          .by(moved -> Update.of(settings.optimizer(moved)))
          .run(
              StopRule.afterPasses(stop),
              run,
              step -> loss.of(step.forgetRows(), weights.of(step.draw().forget()), step.random()));
    }
  }

  private AnchorWeights.Push push(Classifier model, UnlearningData data, Run run) {
    return settings.push() == PushKind.PLAIN
        ? AnchorWeights.plain(data.forget())
        : AnchorWeights.towards(
            settings.unseen().estimate(model, data, run),
            model,
            data.forget(),
            settings.softness());
  }

  /**
   * A pass's batches of D_f, alike in size, of the sequences with an item that is to be moved; each
   * meets ω batches of D_r, which the loss draws, more where a small request would else make fewer
   * than the least steps. A step is as long as the pushes of its items, where these are few.
   */
  private BatchPlan plan(AnchorWeights weights) {
    return (pass, forget, retain, random) -> {
      int size = settings.batchSize(forget);
      int[] order =
          Arrays.stream(Batches.sample(forget, forget, random)).filter(weights::moves).toArray();
      List<Draw> out = new ArrayList<>();
      int count = (order.length + size - 1) / size;
      int from = 0;
      for (int b = 1; b <= count; b++) {
        int to = (int) ((long) b * order.length / count);
        int[] rows = Arrays.copyOfRange(order, from, to);
        from = to;
        double pushes = weights.of(rows).size();
        double pace = pushes < settings.leastPush() ? pushes / settings.leastPush() : 1;
        out.addAll(
            Collections.nCopies(retainBatches(forget, size), new Draw(rows, new int[0], pace)));
      }
      return out;
    };
  }

  private int retainBatches(int forgotten, int size) {
    int all = (forgotten + size - 1) / size * settings.passes();
    return Math.max(settings.retainBatches(), (settings.minSteps() + all - 1) / all);
  }

  /** The rate: linear from the peak down to a twentieth of it as the passes go by, or constant. */
  private final class Fall implements Pace {
    private final double peak;

    Fall(double peak) {
      this.peak = peak;
    }

    @Override
    public double peak() {
      return peak;
    }

    @Override
    public double rate(int pass, int batch, int size) {
      double done = (pass - 1 + (double) batch / size) / settings.passes();
      return settings.decay() ? peak * Math.max(0.05, 1 - done) : peak;
    }
  }
}
