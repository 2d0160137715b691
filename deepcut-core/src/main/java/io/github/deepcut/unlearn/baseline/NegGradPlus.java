package io.github.deepcut.unlearn.baseline;

import io.github.deepcut.data.Task;
import io.github.deepcut.model.Classifier;
import io.github.deepcut.run.Run;
import io.github.deepcut.unlearn.About;
import io.github.deepcut.unlearn.Setting;
import io.github.deepcut.unlearn.Setting.Range;
import io.github.deepcut.unlearn.StopRule;
import io.github.deepcut.unlearn.UnlearningData;
import io.github.deepcut.unlearn.UnlearningMethod;
import io.github.deepcut.unlearn.loop.BatchPlan;
import io.github.deepcut.unlearn.loop.Check;
import io.github.deepcut.unlearn.loop.Loop;
import io.github.deepcut.unlearn.loop.OptimizerSettings;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * NegGrad+ (Kurmanji, Triantafillou, Hayes and Triantafillou, arXiv 2302.09880): in passes over
 * D_r, each batch with the next one of D_f, descends on <b>α·CE(D_r) - (1-α)·CE(D_f)</b>.
 *
 * @param alpha α
 */
@About(what = "ascends on D_f and descends on D_r at once", source = "arXiv 2302.09880")
public record NegGradPlus(
    @Setting(value = "α, weight of the descent on D_r; the ascent has 1 - α", range = Range.SHARE)
        double alpha,
    OptimizerSettings descent)
    implements UnlearningMethod {

  public NegGradPlus {
    Check.share("alpha", alpha);
  }

  public static NegGradPlus defaults(Task task) {
    return new NegGradPlus(
        0.95,
        task == Task.IMAGE ? OptimizerSettings.sgd(0.01, 10) : OptimizerSettings.adamW(0.03, 1));
  }

  @Override
  public String name() {
    return "neggrad-plus";
  }

  @Override
  public Unlearned unlearn(Classifier model, UnlearningData sets, StopRule stop, Run run) {
    return new Loop(descent, BatchPlan.retained(descent.batchSize()), model, sets)
        .run(
            stop,
            run,
            step -> {
              Tensor keep = step.forwardRetain().crossEntropy().mul(new Scalar(alpha));
              return keep.sub(step.forwardForget().crossEntropy().mul(new Scalar(1 - alpha)));
            });
  }
}
