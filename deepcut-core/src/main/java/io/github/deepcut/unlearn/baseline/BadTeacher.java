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
import io.github.deepcut.unlearn.loop.Teacher;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Bad Teacher (Chundawat, Tarun, Mandal and Kankanhalli, arXiv 2205.08096): descends on
 * <b>KL_T(θ_init ‖ θ)</b> over D_f and <b>KL_T(θ_o ‖ θ)</b> over a sample of D_r, both shuffled
 * together.
 *
 * <p>Departure: the incompetent teacher is the original before its training, so of a fine-tuned
 * encoder that encoder with a fresh head; the paper's is random throughout, as ours is of a model
 * trained from scratch.
 *
 * @param retainShare of D_r that a pass meets
 * @param temperature T
 */
@About(what = "learns D_f from a teacher that knows nothing", source = "arXiv 2205.08096")
public record BadTeacher(
    @Setting(value = "share of D_r that a pass meets", range = Range.POSITIVE_SHARE)
        double retainShare,
    @Setting(value = "T by which outputs are softened", range = Range.POSITIVE) double temperature,
    OptimizerSettings descent)
    implements UnlearningMethod {

  public BadTeacher {
    Check.positive("retain_share", retainShare);
    Check.share("retain_share", retainShare);
    Check.positive("temperature", temperature);
  }

  public static BadTeacher defaults(Task task) {
    return new BadTeacher(
        0.3,
        1,
        task == Task.IMAGE ? OptimizerSettings.adam(1e-4, 1) : OptimizerSettings.adamW(0.1, 1));
  }

  @Override
  public String name() {
    return "bad-teacher";
  }

  @Override
  public Unlearned unlearn(Classifier model, UnlearningData sets, StopRule stop, Run run) {
    Classifier bad = sets.training().start().model();
    try (Teacher good = new Teacher(model, sets);
        var closed = bad.weights()) {
      return new Loop(descent, BatchPlan.mixed(descent.batchSize(), retainShare), model, sets)
          .run(
              stop,
              run,
              step -> {
                ItemOutputs forget = step.forwardForget();
                ItemOutputs retain = step.forwardRetain();
                Tensor lose;
                try (var noGrad = new NoGradGuard()) {
                  lose = ItemOutputs.of(bad, step.forgetRows(), false, sets.bf16()).logits();
                }
                Tensor keep = good.logits(step.retainRows());
                return forget
                    .divergence(lose, temperature)
                    .mul(new Scalar((double) forget.size()))
                    .add(
                        retain
                            .divergence(keep, temperature)
                            .mul(new Scalar((double) retain.size())))
                    .div(new Scalar((double) forget.size() + retain.size()));
              });
    }
  }
}
