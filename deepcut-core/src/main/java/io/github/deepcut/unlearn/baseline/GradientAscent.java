package io.github.deepcut.unlearn.baseline;

import io.github.deepcut.data.Task;
import io.github.deepcut.model.Classifier;
import io.github.deepcut.run.Run;
import io.github.deepcut.unlearn.About;
import io.github.deepcut.unlearn.StopRule;
import io.github.deepcut.unlearn.UnlearningData;
import io.github.deepcut.unlearn.UnlearningMethod;
import io.github.deepcut.unlearn.loop.BatchPlan;
import io.github.deepcut.unlearn.loop.Loop;
import io.github.deepcut.unlearn.loop.OptimizerSettings;

/**
 * Gradient ascent, also NegGrad (Golatkar, Achille and Soatto, arXiv 1911.04933; Thudi et al.,
 * arXiv 2109.13398): descends on <b>-CE(D_f)</b>, which has no lower bound. So gradients are
 * clipped, and the stop rule has to end it.
 */
@About(what = "ascends the loss of D_f", source = "arXiv 1911.04933, 2109.13398")
public record GradientAscent(OptimizerSettings descent) implements UnlearningMethod {

  public static GradientAscent defaults(Task task) {
    return new GradientAscent(
        task == Task.IMAGE
            ? new OptimizerSettings(
                OptimizerSettings.Kind.SGD, 1e-3, 1, 0.9, 5e-4, 1, false, 10, 128)
            : OptimizerSettings.adamW(0.03, 10));
  }

  @Override
  public String name() {
    return "gradient-ascent";
  }

  @Override
  public Unlearned unlearn(Classifier model, UnlearningData sets, StopRule stop, Run run) {
    return new Loop(descent, BatchPlan.forgotten(descent.batchSize(), 0), model, sets)
        .run(stop, run, step -> step.forwardForget().crossEntropy().neg());
  }
}
