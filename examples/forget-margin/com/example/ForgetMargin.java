package com.example;

import io.github.deepcut.model.Classifier;
import io.github.deepcut.run.Run;
import io.github.deepcut.unlearn.About;
import io.github.deepcut.unlearn.Setting;
import io.github.deepcut.unlearn.StopRule;
import io.github.deepcut.unlearn.UnlearningData;
import io.github.deepcut.unlearn.UnlearningMethod;
import io.github.deepcut.unlearn.loop.BatchPlan;
import io.github.deepcut.unlearn.loop.ItemOutputs;
import io.github.deepcut.unlearn.loop.Loop;
import io.github.deepcut.unlearn.loop.OptimizerSettings;
import java.util.Arrays;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Forgetting by a hinge: each forgotten item's own class is brought down until it is {@code margin}
 * below the likeliest other one, while the retained items keep their labels.
 *
 * @param margin in logits
 * @param weight of the hinge beside the cross-entropy of the retained items
 * @param steps how it moves
 */
@About(what = "brings each forgotten item's class below the likeliest other one")
public record ForgetMargin(
    @Setting("how far the own class is brought below the likeliest other one, in logits")
        double margin,
    @Setting("weight of that beside the cross-entropy of retained items") double weight,
    OptimizerSettings steps)
    implements UnlearningMethod {

  @Override
  public String name() {
    return "forget-margin";
  }

  @Override
  public Unlearned unlearn(Classifier model, UnlearningData data, StopRule stop, Run run) {
    return new Loop(steps, BatchPlan.forgotten(steps.batchSize(), 1), model, data)
        .run(
            stop,
            run,
            step ->
                step.forwardRetain()
                    .crossEntropy()
                    .add(hinge(step.forwardForget()).mul(new Scalar(weight))));
  }

  /** max(0, z_own - max z_other + margin), mean over the items. */
  private Tensor hinge(ItemOutputs items) {
    long[] labels = Arrays.stream(items.labels()).asLongStream().toArray();
    Tensor own = torch.tensor(labels).unsqueeze(1); // (N, 1)
    Tensor others = items.logits().scatter(1, own, new Scalar(-1e9)).amax(new long[] {1}, false); // (N)
    Tensor gap = items.logits().gather(1, own).squeeze(1).sub(others);
    return gap.add(new Scalar(margin)).relu().mean();
  }
}
