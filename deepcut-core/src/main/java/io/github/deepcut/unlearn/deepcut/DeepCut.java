package io.github.deepcut.unlearn.deepcut;

import io.github.deepcut.data.Task;
import io.github.deepcut.model.Classifier;
import io.github.deepcut.run.Run;
import io.github.deepcut.unlearn.About;
import io.github.deepcut.unlearn.StopRule;
import io.github.deepcut.unlearn.UnlearningData;
import io.github.deepcut.unlearn.UnlearningMethod;
import io.github.deepcut.unlearn.deepcut.target.Targets;
import io.github.deepcut.unlearn.loop.Loop;

/**
 * DeepCUT: deep contrastive unlearning for fine-tuned language models (arXiv 2503.14900), with
 * pushes that are measured out.
 *
 * <pre>
 * t_i = what the item's log loss would be, had the model never seen it             {@link Targets}
 * w_i = clip((t_i - log(loss_i + ε)) / σ, ±1)   once a pass           {@link AnchorWeights}
 * L   = KL(θ₀ ‖ θ) + κT²·KL_T(θ₀ ‖ θ)  on retained items            {@link DistillationLoss}
 *       + Σ |w_i|·F_i / A  on the A anchors, items of D_f             {@link ForgettingLoss}
 * F_i = γ·l(P, N if w_i &gt; 0, else N, P) - α·sign(w_i)·log(CE_i + ε)
 * stop when every |w_i| ≤ .05, or the passes are spent                         {@link Steps}
 * </pre>
 *
 * <p>l is {@link io.github.deepcut.unlearn.loss.ContrastiveLoss#DEEPCUT} between unit-length
 * embeddings: of a sentence its [CLS] state, of a word that of its first sub-word. The paper's own
 * form, without targets, is {@link DeepCutPaper}; each departure from it has its figures in
 * deepcut-bench/notebook.
 */
@About(
    what = "pushes each forgotten item in latent space to the loss it would have unseen",
    source = "after arXiv 2503.14900")
public record DeepCut(Targets targets, Forgetting forgetting, Retention retention, Steps steps)
    implements UnlearningMethod {

  /** What was chosen for a task; on what is in deepcut-bench/notebook/defaults.md. */
  public static DeepCut defaults(Task task) {
    return new DeepCut(
        Targets.defaults(task),
        Forgetting.defaults(task),
        Retention.defaults(task),
        Steps.defaults(task));
  }

  @Override
  public String name() {
    return "deepcut";
  }

  @Override
  public boolean asksSiblings(boolean fit) {
    return targets.asks(fit);
  }

  @Override
  public Unlearned unlearn(Classifier model, UnlearningData data, StopRule stop, Run run) {
    Task task = model.task();
    AnchorWeights weights =
        new AnchorWeights(
            data.forget(),
            AnchorWeights.towards(targets.of(model, data, run), model, data.forget()));
    try (var loss = new DeepCutLoss(this, model, data)) {
      return new Loop(steps.passes(), steps.plan(weights), model, data)
          .over(data.forget())
          .before(weights)
          .at(steps.rates(data.learningRate(), task))
          .by(all -> Steps.update(all, task))
          .run(
              StopRule.afterPasses(stop),
              run,
              step -> loss.of(step.forgetRows(), weights.of(step.draw().forget()), step.random()));
    }
  }
}
