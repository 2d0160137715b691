package io.github.deepcut.unlearn.baseline;

import io.github.deepcut.data.Input;
import io.github.deepcut.data.Task;
import io.github.deepcut.model.Classifier;
import io.github.deepcut.run.Run;
import io.github.deepcut.tensor.Weights;
import io.github.deepcut.unlearn.About;
import io.github.deepcut.unlearn.Setting;
import io.github.deepcut.unlearn.Setting.Range;
import io.github.deepcut.unlearn.StopRule;
import io.github.deepcut.unlearn.UnlearningData;
import io.github.deepcut.unlearn.UnlearningMethod;
import io.github.deepcut.unlearn.loop.BatchPlan;
import io.github.deepcut.unlearn.loop.Check;
import io.github.deepcut.unlearn.loop.Gradients;
import io.github.deepcut.unlearn.loop.ItemOutputs;
import java.util.AbstractList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Selective synaptic dampening (Foster, Schoepf and Brintrup, arXiv 2308.07707): where a weight
 * matters to D_f far more than to D = D_f ∪ D_r, <b>I_f &gt; α·I_D</b>, it is dampened, once: <b>θ
 * ← θ·min(λ·I_D/I_f, 1)</b>. I is the mean squared gradient. The stop rule is not asked.
 *
 * <p>Departure: I_D is taken over a random sample of D.
 *
 * @param alpha α
 * @param lambda λ
 * @param samples of D, at most
 */
@About(what = "dampens weights that matter to D_f most", source = "arXiv 2308.07707")
public record Ssd(
    @Setting(
            value = "α, how much more a weight matters to D_f to be dampened",
            range = Range.POSITIVE)
        double alpha,
    @Setting(value = "λ, how far it is dampened", range = Range.POSITIVE) double lambda,
    @Setting(value = "rows of D that importance is taken over, at most", range = Range.AT_LEAST_ONE)
        int samples)
    implements UnlearningMethod {

  public Ssd {
    Check.positive("alpha", alpha);
    Check.positive("lambda", lambda);
    Check.atLeastOne("samples", samples);
  }

  public static Ssd defaults(Task task) {
    return new Ssd(task == Task.IMAGE ? 10 : 1000, 1, 1000);
  }

  @Override
  public String name() {
    return "ssd";
  }

  @Override
  public Unlearned unlearn(Classifier model, UnlearningData sets, StopRule stop, Run run) {
    var forget = ItemOutputs.toForget(model, sets.forget());
    var some = BatchPlan.some(all(sets), samples, run.random("sample"));
    try (Weights ofForget = Gradients.meanSquare(model, forget, sets);
        Weights ofAll = Gradients.meanSquare(model, some, sets);
        var scope = new PointerScope();
        var noGrad = new NoGradGuard()) {
      Weights weights = model.weights();
      ofForget.all().forEach((name, f) -> dampen(weights.get(name), f, ofAll.get(name)));
    }
    return new Unlearned(1, 1, "one move");
  }

  private void dampen(Tensor w, Tensor ofForget, Tensor ofAll) {
    Tensor chosen = ofForget.gt(ofAll.mul(new Scalar(alpha)));
    Tensor factor = ofAll.mul(new Scalar(lambda)).div(ofForget).clamp_max(new Scalar(1.0));
    w.copy_(torch.where(chosen, w.mul(factor), w));
  }

  /** D, whose rows are made when they are asked for. */
  private static List<Input> all(UnlearningData sets) {
    int forgotten = sets.forget().size();
    return new AbstractList<>() {
      @Override
      public Input get(int row) {
        return row < forgotten ? sets.forget().get(row) : sets.retain().get(row - forgotten);
      }

      @Override
      public int size() {
        return forgotten + sets.retain().size();
      }
    };
  }
}
