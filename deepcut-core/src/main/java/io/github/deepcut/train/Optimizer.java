package io.github.deepcut.train;

import io.github.deepcut.tensor.Snapshot;
import io.github.deepcut.tensor.Tensors;
import io.github.deepcut.tensor.Weights;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * AdamW or SGD over a model's parameters: no decay on biases and norms, gradients clipped together,
 * buffers left alone.
 */
public final class Optimizer implements AutoCloseable {
  /** A weight and what the rule remembers of it. */
  private record Slot(Tensor weight, List<Tensor> memory) {}

  private final Map<String, Slot> slots = new LinkedHashMap<>();
  private final UpdateRule rule;
  private final Tensor steps;
  private final double clip;

  private Optimizer(Weights weights, Predicate<String> wanted, UpdateRule rule, double clip) {
    this.rule = rule;
    this.clip = clip;
    weights.trainable(wanted);
    try (var scope = new PointerScope();
        var noGrad = new NoGradGuard()) {
      weights
          .all()
          .forEach(
              (name, t) -> {
                if (t.requires_grad()) {
                  slots.put(name, new Slot(t, rule.memory().stream().map(m -> zeros(t)).toList()));
                }
              });
      steps = Tensors.beside(torch.zeros(1L).squeeze(), weights.any()).retainReference();
    }
  }

  /** AdamW over the weights that {@code wanted} names; freezes the others. */
  public Optimizer(Weights weights, Predicate<String> wanted, double weightDecay, double clip) {
    this(weights, wanted, new UpdateRule.AdamW(weightDecay), clip);
  }

  /** What the recipe asks for, over all weights. */
  public Optimizer(Weights weights, Recipe recipe) {
    this(weights, n -> true, rule(recipe), recipe.clip());
  }

  /** SGD over the weights that {@code wanted} names; freezes the others. */
  public static Optimizer sgd(
      Weights weights, Predicate<String> wanted, double momentum, double weightDecay, double clip) {
    return new Optimizer(weights, wanted, new UpdateRule.Sgd(momentum, weightDecay), clip);
  }

  private static UpdateRule rule(Recipe recipe) {
    return switch (recipe.optimizer()) {
      case ADAMW -> new UpdateRule.AdamW(recipe.weightDecay());
      case SGD -> new UpdateRule.Sgd(recipe.momentum(), recipe.weightDecay());
    };
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
      update(decayed, true, learningRate, scale);
      update(plain, false, learningRate, scale);
    }
  }

  /** Adds what the rule remembers to a snapshot. */
  public void save(Snapshot to) {
    IntStream.range(0, rule.memory().size())
        .forEach(k -> to.put(rule.memory().get(k), remembered(k)));
    to.put("", Map.of("steps", steps));
  }

  /** Takes it back from one. */
  public void restore(Snapshot from) {
    IntStream.range(0, rule.memory().size())
        .forEach(k -> from.restore(rule.memory().get(k), remembered(k)));
    from.restore("", Map.of("steps", steps));
  }

  private Map<String, Tensor> remembered(int k) {
    Map<String, Tensor> out = new LinkedHashMap<>();
    slots.forEach((name, s) -> out.put(name, s.memory.get(k)));
    return out;
  }

  /** What the gradients are divided by: their norm over {@code clip} where it is larger, else 1. */
  private Tensor scale(List<Slot> decayed, List<Slot> plain) {
    TensorVector norms = new TensorVector();
    decayed.forEach(s -> norms.push_back(s.weight.grad().norm()));
    plain.forEach(s -> norms.push_back(s.weight.grad().norm()));
    return torch.stack(norms).norm().div(new Scalar(clip)).clamp_min(new Scalar(1.0));
  }

  private void update(List<Slot> group, boolean decays, double learningRate, Tensor scale) {
    if (group.isEmpty()) {
      return;
    }
    var some =
        new UpdateRule.Group(
            group.stream().map(Slot::weight).toList(),
            group.stream().map(s -> s.weight.grad()).toList(),
            IntStream.range(0, rule.memory().size())
                .mapToObj(k -> group.stream().map(s -> s.memory.get(k)).toList())
                .toList(),
            steps,
            scale);
    rule.update(some, decays, learningRate);
    group.forEach(s -> s.weight.mutable_grad().reset());
  }

  @Override
  public void close() {
    steps.close();
    slots.values().forEach(s -> s.memory.forEach(Tensor::close));
  }

  private static boolean decays(String name, Tensor t) {
    return t.dim() > 1 && !name.contains("norm") && !name.contains("Norm");
  }

  private static Tensor zeros(Tensor like) {
    return torch.zeros_like(like).retainReference();
  }
}
