package io.github.deepcut.unlearn.baseline;

import io.github.deepcut.data.Batch;
import io.github.deepcut.data.Input;
import io.github.deepcut.data.Task;
import io.github.deepcut.model.Classifier;
import io.github.deepcut.run.Run;
import io.github.deepcut.tensor.Tensors;
import io.github.deepcut.train.Trainer;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Boundary Shrink (Chen, Gao, Liu, Peng and Wang, arXiv 2303.11570): descends on <b>CE(D_f with
 * nearest wrong labels)</b>. The nearest wrong class of an item is the most probable but its own
 * once its input has taken a step of FGSM under θ_o: <b>x + ε·sign(∇_x CE)</b>.
 *
 * <p>Departure: ε is in standard deviations of the input, so that it means the same for normalised
 * pixels and for the word embeddings of texts, which are perturbed in their place.
 *
 * @param epsilon ε
 */
@About(what = "teaches D_f the nearest wrong class", source = "arXiv 2303.11570")
public record BoundaryShrink(
    @Setting(
            value = "ε, length of the step of FGSM, in standard deviations of the input",
            range = Range.POSITIVE)
        double epsilon,
    OptimizerSettings descent)
    implements UnlearningMethod {
  private static final int BATCH = 32;

  public BoundaryShrink {
    Check.positive("epsilon", epsilon);
  }

  public static BoundaryShrink defaults(Task task) {
    return new BoundaryShrink(
        0.1,
        task == Task.IMAGE ? OptimizerSettings.sgd(1e-5, 10) : OptimizerSettings.adamW(0.03, 10));
  }

  @Override
  public String name() {
    return "boundary-shrink";
  }

  @Override
  public Unlearned unlearn(Classifier model, UnlearningData sets, StopRule stop, Run run) {
    UnlearningData relabelled = sets.withForget(nearest(model, sets));
    return new Loop(descent, BatchPlan.forgotten(descent.batchSize(), 0), model, relabelled)
        .run(stop, run, step -> step.forwardForget().crossEntropy());
  }

  /** D_f with the nearest wrong labels. */
  private List<Input> nearest(Classifier model, UnlearningData sets) {
    List<Input> rows = ItemOutputs.toForget(model, sets.forget());
    List<Input> out = new ArrayList<>();
    for (int from = 0; from < rows.size(); from += BATCH) {
      List<Input> some = rows.subList(from, Math.min(rows.size(), from + BATCH));
      int[] labels = nearest(model, some);
      int next = 0;
      for (Input row : some) {
        out.add(row.withLabels(Arrays.copyOfRange(labels, next, next + row.labels().length)));
        next += row.labels().length;
      }
    }
    return out;
  }

  private int[] nearest(Classifier model, List<Input> rows) {
    model.weights().trainable(name -> false);
    try (var scope = new PointerScope()) {
      Batch batch = model.batch(rows);
      Tensor x = model.input(batch).detach().requires_grad_(true);
      Trainer.crossEntropy(model.forward(x, batch, false).logits(), batch.labels()).backward();
      try (var noGrad = new NoGradGuard()) {
        Tensor step = x.grad().sign().mul(x.std()).mul(new Scalar(epsilon));
        float[] logits = Tensors.floats(model.forward(x.add(step), batch, false).logits());
        return bestOther(logits, batch.labels());
      }
    }
  }

  /** The class with the largest logit but the item's own; -1 where that is not known. */
  private static int[] bestOther(float[] logits, int[] labels) {
    int classes = logits.length / labels.length;
    int[] out = new int[labels.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = -1;
      for (int c = 0; c < classes && labels[i] >= 0; c++) {
        boolean better = out[i] < 0 || logits[i * classes + c] > logits[i * classes + out[i]];
        out[i] = c != labels[i] && better ? c : out[i];
      }
    }
    return out;
  }
}
