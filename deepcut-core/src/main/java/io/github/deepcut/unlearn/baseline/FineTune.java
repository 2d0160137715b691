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
 * Fine-tuning: descends on <b>CE(D_r)</b> in passes over D_r, and leaves it to catastrophic
 * forgetting to lose D_f (as a baseline in Golatkar, Achille and Soatto, arXiv 1911.04933).
 */
@About(what = "trains on with D_r alone", source = "arXiv 1911.04933")
public record FineTune(OptimizerSettings descent) implements UnlearningMethod {

  public static FineTune defaults(Task task) {
    return new FineTune(
        task == Task.IMAGE ? OptimizerSettings.sgd(0.01, 10) : OptimizerSettings.adamW(1, 1));
  }

  @Override
  public String name() {
    return "fine-tune";
  }

  @Override
  public Unlearned unlearn(Classifier model, UnlearningData sets, StopRule stop, Run run) {
    return new Loop(descent, BatchPlan.retained(descent.batchSize()), model, sets)
        .run(stop, run, step -> step.forwardRetain().crossEntropy());
  }
}
