package io.github.deepcut.unlearn.baseline;

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
import io.github.deepcut.unlearn.loop.Check;
import io.github.deepcut.unlearn.loop.Gradients;
import io.github.deepcut.unlearn.loop.ItemOutputs;
import io.github.deepcut.unlearn.loop.OptimizerSettings;
import io.github.deepcut.unlearn.loop.Teacher;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * SalUn (Fan et al., arXiv 2310.12508): {@link RandomLabels} that move salient weights alone, those
 * where |∇CE(D_f)| under the original is among the largest. After each update θ ← m⊙θ + (1-m)⊙θ_o
 * (Eq. 4).
 *
 * @param salient q, the share of all weights that moves
 */
@About(what = "random labels, by the weights that matter to D_f alone", source = "arXiv 2310.12508")
public record SalUn(
    @Setting(value = "q, share of all weights that moves", range = Range.SHARE) double salient,
    OptimizerSettings descent)
    implements UnlearningMethod {

  public SalUn {
    Check.share("salient", salient);
  }

  public static SalUn defaults(Task task) {
    return new SalUn(0.5, RandomLabels.defaults(task).descent());
  }

  @Override
  public String name() {
    return "salun";
  }

  @Override
  public Unlearned unlearn(Classifier model, UnlearningData sets, StopRule stop, Run run) {
    try (Teacher original = new Teacher(model, sets);
        Weights frozen = frozen(model, sets)) {
      return RandomLabels.loop(descent, model, sets)
          .afterEach(() -> putBack(model.weights(), original.model().weights(), frozen))
          .run(stop, run, RandomLabels::loss);
    }
  }

  /** Whether each weight is not to move. */
  private Weights frozen(Classifier model, UnlearningData sets) {
    try (Weights saliency =
            Gradients.mean(model, ItemOutputs.toForget(model, sets.forget()), sets);
        var scope = new PointerScope();
        var noGrad = new NoGradGuard()) {
      TensorVector flat = new TensorVector();
      saliency.all().values().forEach(g -> flat.push_back(g.abs_().reshape(-1)));
      Tensor all = torch.cat(flat);
      long still = Math.round((1 - salient) * all.numel());
      Map<String, Tensor> out = new LinkedHashMap<>();
      Tensor threshold =
          still == 0 ? torch.full(new long[0], new Scalar(-1.0)) : all.kthvalue(still).get0();
      saliency.all().forEach((name, g) -> out.put(name, g.le(threshold)));
      return Weights.of(out);
    }
  }

  private static void putBack(Weights now, Weights before, Weights frozen) {
    try (var noGrad = new NoGradGuard()) {
      frozen
          .all()
          .forEach(
              (name, still) -> {
                Tensor w = now.all().get(name);
                w.copy_(torch.where(still, before.all().get(name), w));
              });
    }
  }
}
