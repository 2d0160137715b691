package io.github.deepcut.unlearn.baseline;

import io.github.deepcut.data.Input;
import io.github.deepcut.data.Task;
import io.github.deepcut.model.Classifier;
import io.github.deepcut.run.Checkpoint;
import io.github.deepcut.run.InputException;
import io.github.deepcut.run.Run;
import io.github.deepcut.unlearn.About;
import io.github.deepcut.unlearn.Setting;
import io.github.deepcut.unlearn.Setting.Range;
import io.github.deepcut.unlearn.StopRule;
import io.github.deepcut.unlearn.Training;
import io.github.deepcut.unlearn.UnlearningData;
import io.github.deepcut.unlearn.UnlearningMethod;
import io.github.deepcut.unlearn.loop.BatchPlan;
import io.github.deepcut.unlearn.loop.Check;
import io.github.deepcut.unlearn.loop.ItemOutputs;
import io.github.deepcut.unlearn.loop.Loop;
import io.github.deepcut.unlearn.loop.OptimizerSettings;
import io.github.deepcut.unlearn.loop.Teacher;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * KGA, knowledge gap alignment (Wang, Chen, Yuan, Zeng, Wong and Yin, arXiv 2305.06535): a model
 * trained on D_f alone, A_f, is to be as far from the unlearned one as a model trained on unseen
 * data alone, A_n, is from the original. Each batch of D_f with one of D_r, descends on <b>|KL(A_f
 * ‖ A*) on D_f - KL(A_D ‖ A_n) on D_n| + α·KL(A_D ‖ A*) on D_r</b>.
 *
 * <p>D_n is held-out data, as many as D_f; A_f and A_n begin where the original's training did.
 *
 * @param alpha α
 */
@About(what = "knows of D_f as little as of unseen data", source = "arXiv 2305.06535")
public record Kga(
    @Setting(value = "α, weight of the divergence on retained items", range = Range.NOT_NEGATIVE)
        double alpha,
    OptimizerSettings descent)
    implements UnlearningMethod {

  public Kga {
    Check.notNegative("alpha", alpha);
  }

  public static Kga defaults(Task task) {
    return new Kga(
        0.1,
        task == Task.IMAGE ? OptimizerSettings.adam(1e-4, 10) : OptimizerSettings.adamW(0.03, 10));
  }

  @Override
  public String name() {
    return "kga";
  }

  @Override
  public Unlearned unlearn(Classifier model, UnlearningData sets, StopRule stop, Run run) {
    if (sets.heldOut().isEmpty()) {
      throw new InputException("--holdout is missing: kga needs data that the model never saw");
    }
    List<Input> unseen = BatchPlan.some(sets.heldOut(), sets.forget().size(), run.random("unseen"));
    Classifier ofForget = trained(sets.forget(), sets, run);
    Classifier ofUnseen = trained(unseen, sets, run);
    try (Teacher original = new Teacher(model, sets);
        var f = ofForget.weights();
        var n = ofUnseen.weights()) {
      double gap = gap(original, ofUnseen, unseen, sets);
      return new Loop(descent, BatchPlan.forgotten(descent.batchSize(), 1), model, sets)
          .run(
              stop,
              run,
              step -> {
                Tensor far =
                    step.forwardForget().divergence(said(ofForget, step.forgetRows(), sets), 1);
                Tensor keep =
                    step.forwardRetain().divergence(original.logits(step.retainRows()), 1);
                return far.sub(new Scalar(gap)).abs().add(keep.mul(new Scalar(alpha)));
              });
    }
  }

  /** A model of these rows alone. */
  private static Classifier trained(List<? extends Input> rows, UnlearningData sets, Run run) {
    Training.Start start = sets.training().start();
    start.on(rows, run.with(Checkpoint.none()));
    start.model().weights().trainable(name -> false);
    return start.model();
  }

  private static Tensor said(Classifier model, List<Input> rows, UnlearningData sets) {
    return ItemOutputs.asked(model, rows, sets.bf16()).logits();
  }

  /** KL(A_D ‖ A_n), mean over the rows of D_n. */
  private static double gap(
      Teacher original, Classifier ofUnseen, List<Input> rows, UnlearningData sets) {
    double sum = 0;
    for (Input row : rows) {
      try (var scope = new PointerScope();
          var noGrad = new NoGradGuard()) {
        ItemOutputs items = ItemOutputs.of(ofUnseen, List.of(row), false, sets.bf16());
        sum += items.divergence(original.logits(List.of(row)), 1).item_double();
      }
    }
    return sum / rows.size();
  }
}
