package io.github.deepcut.unlearn;

import io.github.deepcut.data.Task;
import io.github.deepcut.model.Classifier;
import io.github.deepcut.run.Run;

/**
 * Gradient ascent, also NegGrad (Golatkar, Achille and Soatto, arXiv 1911.04933; Thudi et al.,
 * arXiv 2109.13398): descends on <b>-CE(D_f)</b>, which has no lower bound. So gradients are
 * clipped, and the stop rule has to end it.
 */
public record GradientAscent(Descent descent) implements UnlearningMethod {

  public static GradientAscent defaults(Task task) {
    return new GradientAscent(
        task == Task.IMAGE
            ? new Descent(Descent.Kind.SGD, 1e-3, 1, 0.9, 5e-4, 1, false, 10, 128)
            : Descent.adamW(0.03, 10));
  }

  @Override
  public String name() {
    return "gradient-ascent";
  }

  @Override
  public Unlearned unlearn(Classifier model, ForgetSets sets, StopRule stop, Run run) {
    return new Loop(descent, Draws.forgotten(descent.batchSize(), 0), model, sets)
        .run(stop, run, step -> step.forget().crossEntropy().neg());
  }
}
