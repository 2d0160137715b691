package io.github.deepcut.unlearn.loop;

import io.github.deepcut.tensor.Snapshot;
import io.github.deepcut.tensor.Weights;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Stochastic gradient descent with momentum: v ← μ·v + g + λ·w, w ← w - η·v. The gradients g are
 * clipped together.
 */
final class Sgd implements Update {
  private final Weights weights;
  private final Weights velocities;
  private final double momentum;
  private final double weightDecay;
  private final double clip;

  Sgd(Weights weights, double momentum, double weightDecay, double clip) {
    this.weights = weights;
    this.momentum = momentum;
    this.weightDecay = weightDecay;
    this.clip = clip;
    this.velocities = weights.copy();
    velocities.all().values().forEach(Tensor::zero_);
    weights.trainable(name -> true);
  }

  @Override
  public void step(Tensor loss, double learningRate) {
    loss.backward();
    try (var scope = new PointerScope();
        var noGrad = new NoGradGuard()) {
      List<String> moved =
          weights.names().stream().filter(n -> weights.all().get(n).grad().defined()).toList();
      Tensor scale = clip > 0 ? scale(moved) : null;
      for (String name : moved) {
        Tensor w = weights.all().get(name);
        Tensor v = velocities.all().get(name);
        Tensor g = scale == null ? w.grad() : w.grad().div(scale);
        v.mul_(new Scalar(momentum)).add_(g).add_(w, new Scalar(weightDecay));
        w.sub_(v, new Scalar(learningRate));
        w.mutable_grad().reset();
      }
    }
  }

  /** What the gradients are divided by: their norm over {@code clip} where it is larger, else 1. */
  private Tensor scale(List<String> moved) {
    TensorVector norms = new TensorVector();
    moved.forEach(name -> norms.push_back(weights.all().get(name).grad().norm()));
    return torch.stack(norms).norm().div(new Scalar(clip)).clamp_min(new Scalar(1.0));
  }

  @Override
  public void save(Snapshot to) {
    to.put("velocity/", velocities.all());
  }

  @Override
  public void restore(Snapshot from) {
    from.restore("velocity/", velocities.all());
  }

  @Override
  public void close() {
    velocities.close();
  }
}
