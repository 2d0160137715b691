package io.github.deepcut.unlearn.baseline;

import io.github.deepcut.data.Task;
import io.github.deepcut.model.Classifier;
import io.github.deepcut.run.Run;
import io.github.deepcut.tensor.Finite;
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
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Fisher forgetting (Golatkar, Achille and Soatto, arXiv 1911.04933): adds noise where D_r does not
 * need precision, once: <b>θ + N(0, α·min(1/F, c))</b>, F the diagonal of the empirical Fisher
 * information on D_r. D_f itself is not looked at, nor is the stop rule asked.
 *
 * <p>Departures: F is the squared gradient of the true label, not the mean over labels that the
 * model draws, and is taken over a random sample of D_r.
 *
 * @param alpha α
 * @param most c, beyond which 1/F is cut
 * @param samples of D_r, at most
 */
@About(what = "adds noise where D_r does not need precision", source = "arXiv 1911.04933")
public record Fisher(
    @Setting(value = "α, size of the noise", range = Range.POSITIVE) double alpha,
    @Setting(value = "c, beyond which 1/F is cut", range = Range.POSITIVE) double most,
    @Setting(value = "rows of D_r that F is taken over, at most", range = Range.AT_LEAST_ONE)
        int samples)
    implements UnlearningMethod {

  public Fisher {
    Check.positive("alpha", alpha);
    Check.positive("most", most);
    Check.atLeastOne("samples", samples);
  }

  public static Fisher defaults(Task task) {
    return new Fisher(task == Task.IMAGE ? 1e-6 : 1e-7, 1e3, 1000);
  }

  @Override
  public String name() {
    return "fisher";
  }

  @Override
  public Unlearned unlearn(Classifier model, UnlearningData sets, StopRule stop, Run run) {
    var some = BatchPlan.some(sets.retain(), samples, run.random("retained sample"));
    try (Weights information = Gradients.meanSquare(model, some, sets);
        var scope = new PointerScope();
        var noGrad = new NoGradGuard()) {
      torch.manual_seed(run.random("noise").nextLong());
      information
          .all()
          .forEach(
              (name, f) -> {
                Tensor variance = f.reciprocal().clamp_max(new Scalar(most)).mul(new Scalar(alpha));
                Tensor w = model.weights().all().get(name);
                w.add_(torch.randn_like(w).mul(variance.sqrt()));
              });
    }
    Finite.tensors(model.weights().all(), 1, "lower alpha (" + alpha + ")");
    return new Unlearned(1, 1, "one move");
  }
}
