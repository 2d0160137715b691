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
import io.github.deepcut.unlearn.loop.ItemOutputs;
import io.github.deepcut.unlearn.loop.Loop;
import io.github.deepcut.unlearn.loop.OptimizerSettings;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Towards an uninformed output: each batch of D_f with fresh ones of D_r, descends on
 * <b>λ·KL(uniform ‖ f) + CE</b>, the first over forgotten items, the second over retained ones.
 *
 * @param lambda λ
 * @param retainBatches ω, retained batches that each forgotten batch meets
 */
@About(what = "makes the answers on D_f undecided", source = "folklore")
public record KlToUniform(
    @Setting(value = "λ, weight of the divergence of forgotten items", range = Range.POSITIVE)
        double lambda,
    @Setting(
            value = "ω, retained batches that each forgotten batch meets",
            range = Range.AT_LEAST_ONE)
        int retainBatches,
    OptimizerSettings descent)
    implements UnlearningMethod {

  public KlToUniform {
    Check.positive("lambda", lambda);
    Check.atLeastOne("retain_batches", retainBatches);
  }

  public static KlToUniform defaults(Task task) {
    return new KlToUniform(
        1,
        4,
        task == Task.IMAGE ? OptimizerSettings.sgd(1e-3, 10) : OptimizerSettings.adamW(0.1, 1));
  }

  @Override
  public String name() {
    return "kl-to-uniform";
  }

  @Override
  public Unlearned unlearn(Classifier model, UnlearningData sets, StopRule stop, Run run) {
    return new Loop(descent, BatchPlan.forgotten(descent.batchSize(), retainBatches), model, sets)
        .run(
            stop,
            run,
            step -> {
              ItemOutputs forget = step.forwardForget();
              Tensor lose = forget.divergence(torch.zeros_like(forget.logits()), 1);
              return lose.mul(new Scalar(lambda)).add(step.forwardRetain().crossEntropy());
            });
  }
}
