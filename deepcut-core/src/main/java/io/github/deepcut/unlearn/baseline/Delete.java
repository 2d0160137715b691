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
import io.github.deepcut.unlearn.loop.Teacher;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * DELETE (Zhou et al., arXiv 2503.23751): over D_f alone, descends on <b>KL(p' ‖ f)</b> with p'
 * what θ_o says once the item's own class is out of the question: the softmax of its logits with
 * that class at -1e10.
 */
@About(
    what = "teaches D_f what the original says without the own class",
    source = "arXiv 2503.23751")
public record Delete(OptimizerSettings descent) implements UnlearningMethod {
  private static final double OUT = -1e10;

  public static Delete defaults(Task task) {
    return new Delete(
        task == Task.IMAGE
            ? new OptimizerSettings(
                OptimizerSettings.Kind.SGD, 1e-4, 1, 0.9, 5e-4, 0, false, 20, 128)
            : OptimizerSettings.adamW(0.03, 20));
  }

  @Override
  public String name() {
    return "delete";
  }

  @Override
  public Unlearned unlearn(Classifier model, UnlearningData sets, StopRule stop, Run run) {
    try (Teacher original = new Teacher(model, sets)) {
      return new Loop(descent, BatchPlan.forgotten(descent.batchSize(), 0), model, sets)
          .run(
              stop,
              run,
              step -> {
                ItemOutputs items = step.forwardForget();
                Tensor before = original.logits(step.forgetRows()); // (N, C)
                Tensor own = Tensors.beside(Tensors.longs(items.labels()), before);
                Tensor others = before.scatter(1, own.unsqueeze(1), new Scalar(OUT)); // (N, C)
                return items.divergence(others, 1);
              });
    }
  }
}
