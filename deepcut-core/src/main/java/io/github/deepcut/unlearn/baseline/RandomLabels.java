package io.github.deepcut.unlearn.baseline;

import io.github.deepcut.data.Task;
import io.github.deepcut.model.Classifier;
import io.github.deepcut.run.Run;
import io.github.deepcut.unlearn.About;
import io.github.deepcut.unlearn.StopRule;
import io.github.deepcut.unlearn.UnlearningData;
import io.github.deepcut.unlearn.UnlearningMethod;
import io.github.deepcut.unlearn.loop.BatchPlan;
import io.github.deepcut.unlearn.loop.ItemOutputs;
import io.github.deepcut.unlearn.loop.Loop;
import io.github.deepcut.unlearn.loop.OptimizerSettings;
import io.github.deepcut.unlearn.loop.Step;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Random labels (Golatkar, Achille and Soatto, arXiv 1911.04933; Graves, Nagisetty and Ganesh,
 * arXiv 2010.10981): in passes over D_f and D_r shuffled together, descends on the cross-entropy of
 * retained items with their labels and of forgotten ones with a label drawn at each meeting from
 * all but their own.
 */
@About(what = "teaches D_f wrong labels", source = "arXiv 1911.04933, 2010.10981")
public record RandomLabels(OptimizerSettings descent) implements UnlearningMethod {

  public static RandomLabels defaults(Task task) {
    return new RandomLabels(
        task == Task.IMAGE ? OptimizerSettings.sgd(0.013, 10) : OptimizerSettings.adamW(0.1, 1));
  }

  @Override
  public String name() {
    return "random-labels";
  }

  @Override
  public Unlearned unlearn(Classifier model, UnlearningData sets, StopRule stop, Run run) {
    return loop(descent, model, sets).run(stop, run, RandomLabels::loss);
  }

  static Loop loop(OptimizerSettings descent, Classifier model, UnlearningData sets) {
    return new Loop(descent, BatchPlan.mixed(descent.batchSize(), 1), model, sets);
  }

  /** The mean over all items of a batch. */
  static Tensor loss(Step step) {
    ItemOutputs forget = step.forwardForget();
    ItemOutputs retain = step.forwardRetain();
    int classes = step.model().labels().size();
    Tensor lose = forget.crossEntropy(others(forget.labels(), classes, step.random()));
    return lose.mul(new Scalar((double) forget.size()))
        .add(retain.crossEntropy().mul(new Scalar((double) retain.size())))
        .div(new Scalar((double) forget.size() + retain.size()));
  }

  /** For each label one of the others. */
  static int[] others(int[] labels, int classes, SplittableRandom random) {
    return Arrays.stream(labels)
        .map(c -> (c + 1 + random.nextInt(classes - 1)) % classes)
        .toArray();
  }
}
