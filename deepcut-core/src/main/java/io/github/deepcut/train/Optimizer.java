package io.github.deepcut.train;

import io.github.deepcut.tensor.Operator;
import io.github.deepcut.tensor.Weights;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * AdamW (Loshchilov and Hutter, arXiv 1711.05101; β = .9 and .999, ε = 1e-8) over a model's
 * weights: no decay on biases and norms, gradients clipped together. Each group of weights is
 * updated by one fused operator of libtorch, which reads every number once.
 */
public final class Optimizer implements AutoCloseable {
  private static final Operator ADAMW = new Operator("aten::_fused_adamw_", "");

  /** A weight and its first two moments. */
  private record Slot(Tensor weight, Tensor mean, Tensor square) {}

  private final Map<String, Slot> slots = new LinkedHashMap<>();
  private final Tensor steps;
  private final double weightDecay;
  private final double clip;

  /** Trains the weights that {@code wanted} names and freezes the others. */
  public Optimizer(Weights weights, Predicate<String> wanted, double weightDecay, double clip) {
    this.weightDecay = weightDecay;
    this.clip = clip;
    weights.trainable(wanted);
    try (var scope = new PointerScope();
        var noGrad = new NoGradGuard()) {
      weights
          .all()
          .forEach(
              (name, t) -> {
                if (wanted.test(name)) {
                  slots.put(name, new Slot(t, zeros(t), zeros(t)));
                }
              });
      steps = torch.zeros(1L).squeeze().retainReference();
    }
  }

  /** One update at this learning rate from the gradients of {@code loss}; they are then dropped. */
  public void step(Tensor loss, double learningRate) {
    loss.backward();
    try (var scope = new PointerScope();
        var noGrad = new NoGradGuard()) {
      List<Slot> decayed = new ArrayList<>();
      List<Slot> plain = new ArrayList<>();
      slots.forEach(
          (name, s) -> {
            if (s.weight.grad().defined()) {
              (decays(name, s.weight) ? decayed : plain).add(s);
            }
          });
      Tensor scale = clip > 0 ? scale(decayed, plain) : null;
      steps.add_(new Scalar(1.0));
      update(decayed, weightDecay, learningRate, scale);
      update(plain, 0, learningRate, scale);
    }
  }

  /** What the gradients are divided by: their norm over {@code clip} where it is larger, else 1. */
  private Tensor scale(List<Slot> decayed, List<Slot> plain) {
    TensorVector norms = new TensorVector();
    decayed.forEach(s -> norms.push_back(s.weight.grad().norm()));
    plain.forEach(s -> norms.push_back(s.weight.grad().norm()));
    return torch.stack(norms).norm().div(new Scalar(clip)).clamp_min(new Scalar(1.0));
  }

  private void update(List<Slot> group, double decay, double learningRate, Tensor scale) {
    if (group.isEmpty()) {
      return;
    }
    ADAMW.call(
        group.stream().map(Slot::weight).toList(),
        group.stream().map(s -> s.weight.grad()).toList(),
        group.stream().map(Slot::mean).toList(),
        group.stream().map(Slot::square).toList(),
        List.of(), // the largest squares so far: AMSGrad's alone
        group.stream().map(s -> steps).toList(),
        learningRate,
        0.9,
        0.999,
        decay,
        1e-8,
        false,
        false,
        scale,
        null);
    group.forEach(s -> s.weight.mutable_grad().reset());
  }

  @Override
  public void close() {
    steps.close();
    slots
        .values()
        .forEach(
            s -> {
              s.mean.close();
              s.square.close();
            });
  }

  private static boolean decays(String name, Tensor t) {
    return t.dim() > 1 && !name.contains("norm") && !name.contains("Norm");
  }

  private static Tensor zeros(Tensor like) {
    return torch.zeros_like(like).retainReference();
  }
}
