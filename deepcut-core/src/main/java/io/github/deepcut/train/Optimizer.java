package io.github.deepcut.train;

import io.github.deepcut.tensor.Weights;
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
  private final PointerScope held = new PointerScope();
  private final AdamW adam;
  private final TensorVector trained;
  private final double clip;

  /** Trains the weights that {@code wanted} names and freezes the others. */
  public Optimizer(Weights weights, Predicate<String> wanted, double weightDecay, double clip) {
    this.clip = clip;
    List<Tensor> plain =
        weights.trainable(name -> wanted.test(name) && !decays(name, weights.all().get(name)));
    List<Tensor> decayed =
        weights.trainable(name -> wanted.test(name) && decays(name, weights.all().get(name)));
    plain.forEach(t -> t.set_requires_grad(true));
    adam = new AdamW(vector(decayed), options(weightDecay));
    adam.add_param_group(new OptimizerParamGroup(vector(plain), options(0)));
    trained = vector(decayed);
    plain.forEach(trained::push_back);
    held.detach(trained); // close() frees both; the scope only collects what is made on the way
    held.detach(adam);
    held.close();
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
