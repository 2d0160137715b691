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
import io.github.deepcut.unlearn.loop.BatchPlan.Draw;
import io.github.deepcut.unlearn.loop.Check;
import io.github.deepcut.unlearn.loop.ItemOutputs;
import io.github.deepcut.unlearn.loop.Loop;
import io.github.deepcut.unlearn.loop.OptimizerSettings;
import io.github.deepcut.unlearn.loop.Teacher;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * SCRUB (Kurmanji, Triantafillou, Hayes and Triantafillou, arXiv 2302.09880): a student that starts
 * as its teacher θ_o disobeys it on D_f and obeys it on D_r. Each pass goes over D_f, descending on
 * <b>-KL_T(θ_o ‖ θ)</b>, in the first passes alone, then over D_r, descending on <b>γ·CE +
 * α·KL_T(θ_o ‖ θ)</b>.
 *
 * @param gamma γ
 * @param alpha α
 * @param maxPasses passes that go over D_f
 * @param temperature T
 */
@About(
    what = "a student that disobeys its teacher on D_f and obeys on D_r",
    source = "arXiv 2302.09880")
public record Scrub(
    @Setting(value = "γ, weight of the cross-entropy of retained items", range = Range.NOT_NEGATIVE)
        double gamma,
    @Setting(value = "α, weight of their divergence from the teacher", range = Range.NOT_NEGATIVE)
        double alpha,
    @Setting(value = "passes that go over D_f", range = Range.AT_LEAST_ONE) int maxPasses,
    @Setting(value = "T by which outputs are softened", range = Range.POSITIVE) double temperature,
    OptimizerSettings descent)
    implements UnlearningMethod {

  public Scrub {
    Check.notNegative("gamma", gamma);
    Check.notNegative("alpha", alpha);
    Check.atLeastOne("max_passes", maxPasses);
    Check.positive("temperature", temperature);
  }

  public static Scrub defaults(Task task) {
    return new Scrub(
        1,
        0.5,
        3,
        2,
        task == Task.IMAGE ? OptimizerSettings.adam(5e-4, 10) : OptimizerSettings.adamW(0.3, 1));
  }

  @Override
  public String name() {
    return "scrub";
  }

  @Override
  public Unlearned unlearn(Classifier model, UnlearningData sets, StopRule stop, Run run) {
    try (Teacher teacher = new Teacher(model, sets)) {
      return new Loop(descent, draws(), model, sets)
          .run(
              stop,
              run,
              step -> {
                if (!step.forgetRows().isEmpty()) {
                  return step.forwardForget()
                      .divergence(teacher.logits(step.forgetRows()), temperature)
                      .neg();
                }
                ItemOutputs student = step.forwardRetain();
                Tensor obey = student.divergence(teacher.logits(step.retainRows()), temperature);
                return student
                    .crossEntropy()
                    .mul(new Scalar(gamma))
                    .add(obey.mul(new Scalar(alpha)));
              });
    }
  }

  private BatchPlan draws() {
    int size = descent.batchSize();
    return (pass, forget, retain, random) -> {
      List<Draw> out = new ArrayList<>();
      if (pass <= maxPasses) {
        BatchPlan.batches(forget, size, random).forEach(f -> out.add(new Draw(f, new int[0])));
      }
      BatchPlan.batches(retain, size, random).forEach(r -> out.add(new Draw(new int[0], r)));
      return out;
    };
  }
}
