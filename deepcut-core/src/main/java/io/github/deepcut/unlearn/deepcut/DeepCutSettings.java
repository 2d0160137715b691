package io.github.deepcut.unlearn.deepcut;

import io.github.deepcut.data.Task;
import io.github.deepcut.run.InputException;
import io.github.deepcut.tensor.Weights;
import io.github.deepcut.train.Optimizer;
import io.github.deepcut.train.Recipe;
import io.github.deepcut.train.Recipe.Algorithm;
import io.github.deepcut.unlearn.deepcut.target.TargetLosses;
import io.github.deepcut.unlearn.loop.Check;
import io.github.deepcut.unlearn.loop.OptimizerSettings;
import io.github.deepcut.unlearn.loss.Contrast;
import io.github.deepcut.unlearn.loss.ContrastiveLoss;
import java.util.function.Predicate;

/**
 * DeepCUT's hyper-parameters.
 *
 * @param push whether every anchor is pushed alike or to its own target
 * @param contrast what anchors are compared with
 * @param loss {@code DEEPCUT}, or {@code NEGATED_FOCL} or {@code SAMPLE} for ablations
 * @param gamma γ, the weight of L_f beside L_CE
 * @param ascent α, weight of the cross-entropy of pushed anchors, which is ascended
 * @param descent β, weight beside α of that of pulled anchors, which is descended
 * @param gammaGain η: how fast the push on an item grows from pass to pass for as long as the item
 *     stays on one side of its target ({@link AnchorWeights}); 0 keeps it
 * @param pushFloor φ: L_f is divided by the mean push of its anchors, or by this where that is
 *     less, so that it fades out; 1 leaves it undivided where no push has a gain
 * @param leastPush a step is shorter where the pushes of its items add up to less than this: Adam
 *     makes steps of one length whatever the gradient, and the last item that is still to be moved
 *     would move the model as far as a batch of them does
 * @param temperature τ
 * @param pull weight of pulling back an anchor that is beyond its target
 * @param softness nats of log loss over which push and pull fade out
 * @param distill κ, weight of holding retained items to the original's softened outputs; 0: they
 *     are trained on their labels, and a model that was stopped early is trained further
 * @param distillTemperature T by which both outputs are softened there: the higher, the more small
 *     probabilities count
 * @param corruption share of tokens exchanged in the copies of retained rows that are held, too
 * @param optimizer AdamW with weight decay .01, or SGD with momentum .9 and weight decay 1e-4
 * @param learningRate peak rate; 0: {@code relativeRate} times the model's own
 * @param decay whether the rate falls linearly over the passes
 * @param passes most passes over D_f
 * @param minSteps steps that even a small request is given, by meeting more retained batches
 * @param mostSteps steps that a large request is given, by larger batches of D_f; 0: no limit
 * @param batchSize forgotten sequences in a step
 * @param retainBatchSize most retained sequences in a step
 * @param retainLeast fewest retained sequences in a step; between the two, as many as forgotten
 *     ones
 * @param retainBatches ω, retained batches that each forgotten batch meets
 * @param dropout whether steps go through dropout, as the paper's views do; images never do
 * @param views times that a forgotten sequence passes the encoder in a step
 * @param classCap most items of a class in the contrast set
 * @param hardMixing K of FoCL's hard mixing: mixtures with an anchor's K nearest of its class join
 *     the push; 0: none
 * @param anchorBackground whether words outside entities are anchors, too
 * @param trainEmbeddings whether the embedding tables move
 * @param trainLayers how many layers move, from the top; the others and the embeddings are frozen,
 *     without dropout. 0: all
 * @param unseen how the loss of a model that never saw an item is estimated
 */
public record DeepCutSettings(
    PushKind push,
    ContrastSet contrast,
    ContrastiveLoss loss,
    double gamma,
    double ascent,
    double descent,
    double gammaGain,
    double pushFloor,
    double leastPush,
    double temperature,
    double pull,
    double softness,
    double distill,
    double distillTemperature,
    double corruption,
    Algorithm optimizer,
    double learningRate,
    double relativeRate,
    boolean decay,
    int passes,
    int minSteps,
    int mostSteps,
    int batchSize,
    int retainBatchSize,
    int retainLeast,
    int retainBatches,
    boolean dropout,
    int views,
    int classCap,
    int hardMixing,
    boolean anchorBackground,
    boolean trainEmbeddings,
    int trainLayers,
    TargetLosses unseen) {

  /** How the push is measured out. */
  public enum PushKind {
    PLAIN,
    CALIBRATED
  }

  /** What an anchor is contrasted with. */
  public enum ContrastSet {
    /** Every other item of the batch: retained, other forgotten ones, its own other view. */
    BATCH,
    /** Retained items alone. */
    RETAINED
  }

  public DeepCutSettings {
    Check.positive("gamma", gamma);
    Check.notNegative("ascent", ascent);
    Check.notNegative("descent", descent);
    Check.notNegative("gamma_gain", gammaGain);
    Check.positive("push_floor", pushFloor);
    Check.notNegative("least_push", leastPush);
    Check.positive("temperature", temperature);
    Check.notNegative("pull", pull);
    Check.positive("softness", softness);
    Check.notNegative("distill", distill);
    Check.positive("distill_temperature", distillTemperature);
    Check.share("corruption", corruption);
    Check.notNegative("learning_rate", learningRate);
    Check.positive("relative_rate", relativeRate);
    Check.atLeastOne("passes", passes);
    Check.atLeastOne("min_steps", minSteps);
    Check.notNegative("most_steps", mostSteps);
    Check.atLeastOne("batch_size", batchSize);
    Check.atLeastOne("retain_batch_size", retainBatchSize);
    Check.atLeastOne("retain_least", retainLeast);
    Check.atLeastOne("retain_batches", retainBatches);
    Check.atLeastOne("views", views);
    Check.atLeastOne("class_cap", classCap);
    Check.notNegative("hard_mixing", hardMixing);
    Check.notNegative("train_layers", trainLayers);
    if (loss.needs() != Contrast.Needs.BOTH) {
      throw new InputException("loss is " + loss + ", expected deepcut, negated_focl or sample");
    }
    if (views > 1 && !dropout) {
      throw new InputException(
          "views is " + views + " and dropout false: without dropout all views are alike");
    }
  }

  /** The defaults for a task. */
  public static DeepCutSettings defaults(Task task) {
    return switch (task) {
      case NER -> forWords();
      case IMAGE -> forImages();
      case CLASSIFY -> forSentences();
    };
  }

  /**
   * The defaults for sentences; what they were chosen on is in deepcut-bench/notebook/defaults.md.
   */
  public static DeepCutSettings forSentences() {
    return new DeepCutSettings(
        PushKind.CALIBRATED,
        ContrastSet.BATCH,
        ContrastiveLoss.DEEPCUT,
        3, // gamma
        0, // ascent
        0, // descent
        0.5, // gammaGain
        0.02, // pushFloor
        12, // leastPush
        0.1, // temperature
        1, // pull
        1, // softness
        5, // distill
        2, // distillTemperature
        0, // corruption
        Algorithm.ADAMW,
        0, // learningRate
        0.7, // relativeRate
        true, // decay
        12, // passes
        40, // minSteps
        0, // mostSteps
        32, // batchSize
        12, // retainBatchSize
        8, // retainLeast
        1, // retainBatches
        false, // dropout
        1, // views
        64, // classCap
        0, // hardMixing
        true, // anchorBackground
        true, // trainEmbeddings
        0, // trainLayers
        new TargetLosses(64, 10, 1, 0.97, 1000, 0));
  }

  /**
   * The defaults for tagged words; what they were chosen on is in
   * deepcut-bench/notebook/defaults.md. Every word is an anchor and has its partners, so a smaller
   * γ does, beside the push on the cross-entropy; the tagger generalises less, so it is held on
   * more than the sentences that it has memorised.
   */
  public static DeepCutSettings forWords() {
    DeepCutSettings s = forSentences();
    return new DeepCutSettings(
        s.push,
        ContrastSet.RETAINED,
        s.loss,
        0.2, // gamma
        1, // ascent
        1, // descent
        s.gammaGain,
        s.pushFloor,
        0, // leastPush
        s.temperature,
        s.pull,
        s.softness,
        6, // distill
        4, // distillTemperature
        0.6, // corruption
        s.optimizer,
        s.learningRate,
        s.relativeRate,
        s.decay,
        24, // passes
        20, // minSteps
        s.mostSteps,
        48, // batchSize
        16, // retainBatchSize
        s.retainLeast,
        s.retainBatches,
        s.dropout,
        s.views,
        s.classCap,
        s.hardMixing,
        s.anchorBackground,
        s.trainEmbeddings,
        s.trainLayers,
        new TargetLosses(64, 10, 1, 0.95, 500, 500));
  }

  /**
   * The defaults for images, chosen on held-out figures of one request on cifar10-subset and one on
   * fashion-mnist. They go like a short training on D_r, at most of the rate of training and down
   * to nothing; the latent push costs more test accuracy than the ascent, and is but a trace.
   */
  public static DeepCutSettings forImages() {
    DeepCutSettings s = forSentences();
    return new DeepCutSettings(
        s.push,
        ContrastSet.RETAINED,
        s.loss,
        0.01, // gamma
        0.4, // ascent
        s.descent,
        0, // gammaGain
        1, // pushFloor
        0, // leastPush
        s.temperature,
        s.pull,
        s.softness,
        0, // distill
        s.distillTemperature,
        s.corruption,
        Algorithm.SGD,
        0, // learningRate
        0.7, // relativeRate
        s.decay,
        24, // passes
        20, // minSteps
        200, // mostSteps
        25, // batchSize
        128, // retainBatchSize
        128, // retainLeast
        s.retainBatches,
        s.dropout,
        s.views,
        s.classCap,
        s.hardMixing,
        s.anchorBackground,
        s.trainEmbeddings,
        s.trainLayers,
        new TargetLosses(64, 20, 0.4, 0.97, 1000, 0));
  }

  /**
   * The plain form: L = L_CE + γ·L_f alone, every anchor pushed alike, at the starting point that
   * the literature gives. Entity words are the anchors of a tagger.
   */
  public static DeepCutSettings plain() {
    DeepCutSettings s = forSentences();
    return new DeepCutSettings(
        PushKind.PLAIN,
        ContrastSet.RETAINED,
        s.loss,
        0.3, // gamma
        s.ascent,
        s.descent,
        0, // gammaGain
        1, // pushFloor
        0, // leastPush
        s.temperature,
        s.pull,
        s.softness,
        0, // distill
        s.distillTemperature,
        0, // corruption
        s.optimizer,
        s.learningRate,
        0.3, // relativeRate
        false, // decay
        10, // passes
        20, // minSteps
        s.mostSteps,
        32, // batchSize
        32, // retainBatchSize
        s.retainLeast,
        2, // retainBatches
        true, // dropout
        2, // views
        s.classCap,
        s.hardMixing,
        false, // anchorBackground
        s.trainEmbeddings,
        s.trainLayers,
        s.unseen);
  }

  /** Which of a model's parameters move. */
  public Predicate<String> moving(Weights weights) {
    return new TrainableLayers(trainLayers, trainEmbeddings).among(weights.names());
  }

  /** What the loop needs to know of the steps; rates and the update are DeepCUT's own. */
  OptimizerSettings steps() {
    return new OptimizerSettings(
        OptimizerSettings.Kind.ADAMW, 0, relativeRate, 0, 0, 1, false, passes, batchSize);
  }

  /** The update rule over the parameters that move. */
  Optimizer optimizer(Weights weights) {
    Predicate<String> moving = moving(weights);
    return optimizer == Algorithm.ADAMW
        ? new Optimizer(weights, moving, 0.01, 1)
        : Optimizer.sgd(weights, moving, 0.9, 1e-4, 1);
  }

  /** Forgotten sequences in a step of a request of {@code forgotten}. */
  int batchSize(int forgotten) {
    long all = (long) forgotten * passes;
    return mostSteps == 0 ? batchSize : (int) Math.max(batchSize, -Math.floorDiv(-all, mostSteps));
  }

  /** How many layers of an encoder stay as they are, from the bottom. */
  int frozenLayers(Weights weights) {
    return new TrainableLayers(trainLayers, trainEmbeddings).lowest(weights.names());
  }

  double rate(double original) {
    double usual = optimizer == Algorithm.SGD ? original * Recipe.SGD_TO_ADAMW : original;
    return learningRate > 0 ? learningRate : relativeRate * usual;
  }
}
