package io.github.deepcut.unlearn.baseline;

import io.github.deepcut.data.Batch;
import io.github.deepcut.data.Task;
import io.github.deepcut.model.Classifier;
import io.github.deepcut.run.Run;
import io.github.deepcut.tensor.Autocast;
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
import io.github.deepcut.unlearn.loop.Step;
import io.github.deepcut.unlearn.loss.InfoNce;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * CoUn (arXiv 2509.16391): in passes over D_r alone, descends on <b>CE + λ·(InfoNCE(z1→z2) +
 * InfoNCE(z2→z1))</b> between two views of each retained item. What is forgotten drifts to the
 * classes that it resembles.
 *
 * <p>Views: of texts two passes under dropout, for the paper augments images alone; of images a
 * random mirroring and shift of the whole batch.
 *
 * @param lambda λ, .1 to 6 in the paper
 * @param temperature τ
 */
@About(what = "trains on with D_r, contrasting two views of each item", source = "arXiv 2509.16391")
public record CoUn(
    @Setting(value = "λ, weight of the contrast; .1 to 6 in the paper", range = Range.NOT_NEGATIVE)
        double lambda,
    @Setting(value = "τ of the contrast", range = Range.POSITIVE) double temperature,
    OptimizerSettings descent)
    implements UnlearningMethod {
  private static final int SHIFT = 4;

  public CoUn {
    Check.notNegative("lambda", lambda);
    Check.positive("temperature", temperature);
  }

  public static CoUn defaults(Task task) {
    return new CoUn(
        1,
        0.1,
        task == Task.IMAGE ? OptimizerSettings.sgd(0.01, 10) : OptimizerSettings.adamW(0.1, 1));
  }

  @Override
  public String name() {
    return "coun";
  }

  @Override
  public Unlearned unlearn(Classifier model, UnlearningData sets, StopRule stop, Run run) {
    return new Loop(descent, BatchPlan.retained(descent.batchSize()), model, sets)
        .run(
            stop,
            run,
            step -> {
              ItemOutputs first = view(step);
              ItemOutputs second = view(step);
              Tensor close = InfoNce.of(first.features(), second.features(), temperature);
              return first.crossEntropy().add(close.mul(new Scalar(lambda)));
            });
  }

  private static ItemOutputs view(Step step) {
    Classifier model = step.model();
    Batch batch = model.batch(step.retainRows());
    Tensor input = model.input(batch);
    try (var mixed = Autocast.set(step.bf16())) {
      Tensor seen = model.task() == Task.IMAGE ? moved(input, step.random()) : input;
      return ItemOutputs.of(model.forward(seen, batch, true), batch.labels());
    }
  }

  /** Pictures (B, C, H, W) mirrored or not, and shifted by up to four pixels, 0 coming in. */
  private static Tensor moved(Tensor pictures, SplittableRandom random) {
    Tensor out = random.nextBoolean() ? torch.flip(pictures, 3) : pictures;
    int by = (int) Math.min(SHIFT, pictures.size(2) / 8);
    Tensor padded = torch.constant_pad_nd(out, by, by, by, by); // (B, C, H + 2 by, W + 2 by)
    return padded
        .narrow(2, random.nextInt(2 * by + 1), pictures.size(2))
        .narrow(3, random.nextInt(2 * by + 1), pictures.size(3));
  }
}
