package io.github.deepcut.train;

import io.github.deepcut.tensor.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AdamW;
import org.bytedeco.pytorch.AdamWOptions;
import org.bytedeco.pytorch.OptimizerParamGroup;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * libtorch's AdamW (Loshchilov and Hutter, arXiv 1711.05101) over a model's weights: no decay on
 * biases and norms, gradients clipped together.
 */
public final class Optimizer implements AutoCloseable {
  private final AdamW adam;
  private final TensorVector trained;
  private final double clip;

  /** Trains the weights that {@code wanted} names and freezes the others. */
  public Optimizer(Weights weights, Predicate<String> wanted, double weightDecay, double clip) {
    this.clip = clip;
    List<Tensor> plain = new ArrayList<>();
    List<Tensor> decayed = new ArrayList<>();
    weights.trainable(wanted);
    weights
        .all()
        .forEach(
            (name, t) -> {
              if (wanted.test(name)) {
                (decays(name, t) ? decayed : plain).add(t);
              }
            });
    try (var scope = new PointerScope()) {
      adam = new AdamW(vector(decayed), options(weightDecay)).retainReference();
      adam.add_param_group(new OptimizerParamGroup(vector(plain), options(0)));
      trained = vector(decayed).retainReference();
      plain.forEach(trained::push_back);
    }
  }

  /** One update at this learning rate from the gradients of {@code loss}; they are then dropped. */
  public void step(Tensor loss, double learningRate) {
    loss.backward();
    if (clip > 0) {
      torch.clip_grad_norm_(trained, clip);
    }
    var groups = adam.param_groups();
    for (long g = 0; g < groups.size(); g++) {
      groups.get(g).options().set_lr(learningRate);
    }
    adam.step();
    adam.zero_grad();
  }

  @Override
  public void close() {
    adam.close();
    trained.close();
  }

  private static boolean decays(String name, Tensor t) {
    return t.dim() > 1 && !name.contains("norm") && !name.contains("Norm");
  }

  private static AdamWOptions options(double weightDecay) {
    AdamWOptions o = new AdamWOptions(0);
    o.weight_decay().put(weightDecay);
    return o;
  }

  private static TensorVector vector(List<Tensor> tensors) {
    return new TensorVector(tensors.toArray(Tensor[]::new));
  }
}
