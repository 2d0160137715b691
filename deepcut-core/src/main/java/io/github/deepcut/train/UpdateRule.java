package io.github.deepcut.train;

import io.github.deepcut.tensor.Operator;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * How gradients change weights. Each rule is one fused operator of libtorch, which reads every
 * number once.
 */
sealed interface UpdateRule {

  /** What it remembers of each weight, by the names that checkpoints use; all start at 0. */
  List<String> memory();

  /** Updates a group of weights, which decay or do not. */
  void update(Group group, boolean decays, double rate);

  /**
   * Weights to be updated alike.
   *
   * @param memory for each of the rule's names, a tensor for each weight
   * @param steps how many updates there were, this one included (scalar)
   * @param scaleOrNull what the gradients are divided by first
   */
  record Group(
      List<Tensor> weights,
      List<Tensor> gradients,
      List<List<Tensor>> memory,
      Tensor steps,
      Tensor scaleOrNull) {}

  /** AdamW (Loshchilov and Hutter, arXiv 1711.05101; β = .9 and .999, ε = 1e-8). */
  record AdamW(double decay) implements UpdateRule {
    private static final Operator FUSED = new Operator("aten::_fused_adamw_", "");

    @Override
    public List<String> memory() {
      return List.of("mean/", "square/");
    }

    @Override
    public void update(Group g, boolean decays, double rate) {
      FUSED.call(
          g.weights,
          g.gradients,
          g.memory.get(0),
          g.memory.get(1),
          List.of(), // the largest squares so far: AMSGrad's alone
          g.weights.stream().map(w -> g.steps).toList(),
          rate,
          0.9,
          0.999,
          decays ? decay : 0,
          1e-8,
          false,
          false,
          g.scaleOrNull,
          null);
    }
  }

  /** Stochastic gradient descent with heavy-ball momentum; the decay is added to the gradient. */
  record Sgd(double momentum, double decay) implements UpdateRule {
    private static final Operator FUSED = new Operator("aten::_fused_sgd_", "");

    @Override
    public List<String> memory() {
      return List.of("velocity/");
    }

    @Override
    public void update(Group g, boolean decays, double rate) {
      FUSED.call(
          g.weights,
          g.gradients,
          g.memory.get(0),
          decays ? decay : 0,
          momentum,
          rate,
          0.0, // dampening
          false, // Nesterov
          false, // maximise
          false, // first step: velocities are there, and 0
          g.scaleOrNull,
          null);
    }
  }
}
