package io.github.deepcut.unlearn.baseline;

import io.github.deepcut.data.Task;
import io.github.deepcut.model.Classifier;
import io.github.deepcut.run.Run;
import io.github.deepcut.tensor.Tensors;
import io.github.deepcut.unlearn.About;
import io.github.deepcut.unlearn.StopRule;
import io.github.deepcut.unlearn.UnlearningData;
import io.github.deepcut.unlearn.UnlearningMethod;
import io.github.deepcut.unlearn.loop.BatchPlan;
import io.github.deepcut.unlearn.loop.ItemOutputs;
import io.github.deepcut.unlearn.loop.Loop;
import io.github.deepcut.unlearn.loop.OptimizerSettings;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Boundary Expand (Chen, Gao, Liu, Peng and Wang, arXiv 2303.11570): the classifier gets one class
 * more, descends on <b>CE(D_f labelled as that class)</b>, and loses it again.
 *
 * <p>Departure: the logit of the new class is a linear one of the items' latent state, w·h,
 * whatever lies between that and the other logits; w begins at random, as small as 1/√H.
 */
@About(what = "teaches D_f a class that is then dropped", source = "arXiv 2303.11570")
public record BoundaryExpand(OptimizerSettings descent) implements UnlearningMethod {
  private static final String EXTRA = "boundary-expand.weight";

  public static BoundaryExpand defaults(Task task) {
    return new BoundaryExpand(
        task == Task.IMAGE ? OptimizerSettings.sgd(1e-5, 10) : OptimizerSettings.adamW(0.03, 10));
  }

  @Override
  public String name() {
    return "boundary-expand";
  }

  @Override
  public Unlearned unlearn(Classifier model, UnlearningData sets, StopRule stop, Run run) {
    int classes = model.labels().size();
    Tensor w = extra(model, sets, run.random("extra class"));
    try (w) {
      return new Loop(descent, BatchPlan.forgotten(descent.batchSize(), 0), model, sets)
          .training(model.weights().with(EXTRA, w))
          .run(
              stop,
              run,
              step -> {
                ItemOutputs items = step.forwardForget();
                Tensor more = torch.matmul(items.features(), w); // (N, 1)
                Tensor logits = torch.cat(new TensorVector(items.logits(), more), 1); // (N, C + 1)
                int[] last = items.labels().clone();
                Arrays.fill(last, classes);
                return new ItemOutputs(items.features(), logits, last).crossEntropy();
              });
    }
  }

  /** w (H, 1). */
  private static Tensor extra(Classifier model, UnlearningData sets, SplittableRandom random) {
    try (var scope = new PointerScope()) {
      long width =
          ItemOutputs.of(model, sets.forget().subList(0, 1), false, false).features().size(1);
      float[] values = new float[Math.toIntExact(width)];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (random.nextGaussian() / Math.sqrt(values.length));
      }
      return Tensors.beside(Tensor.create(values, width, 1), model.weights().any())
          .retainReference();
    }
  }
}
