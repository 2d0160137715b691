package io.github.deepcut.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.deepcut.tensor.Weights;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class OptimizerTest {
  private static final double RATE = 0.1;
  private static final double DECAY = 0.5;

  private static Weights weights() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    try (var scope = new PointerScope()) {
      tensors.put("a.weight", Tensor.create(new float[] {2}, 1, 1));
      tensors.put("a.bias", Tensor.create(new float[] {2}, 1));
      tensors.put("frozen", Tensor.create(new float[] {2}, 1, 1));
      return Weights.of(tensors);
    }
  }

  /** The loss 3·w + 4·b, whose gradient (3, 4) has the norm 5. */
  private static void step(Optimizer optimizer, Weights w) {
    try (var scope = new PointerScope()) {
      Tensor loss =
          w.get("a.weight")
              .mul(new Scalar(3.0))
              .sum()
              .add(w.get("a.bias").mul(new Scalar(4.0)).sum());
      optimizer.step(loss, RATE);
    }
  }

  /**
   * By hand: the first step moves every weight by rate · g/|g| = .1, whatever the clip; the decay
   * comes first, on the matrix alone: 2·(1 - .1·.5) - .1 = 1.8 against 2 - .1 = 1.9.
   */
  @Test
  void theFirstStepIsTheRateAndOnlyMatricesDecay() {
    for (double clip : new double[] {0, 1, 100}) {
      Weights w = weights();
      try (var optimizer = new Optimizer(w, n -> n.startsWith("a."), DECAY, clip)) {
        step(optimizer, w);
        assertThat(w.get("a.weight").item_float()).isCloseTo(1.8f, within(1e-6f));
        assertThat(w.get("a.bias").item_float()).isCloseTo(1.9f, within(1e-6f));
        assertThat(w.get("frozen").item_float()).isEqualTo(2f);
        assertThat(w.get("a.bias").grad().defined()).isFalse();
      }
    }
  }

  /**
   * Second step with the gradient clipped at first to norm 1, (.6, .8), then left at (.03, .04):
   * for the bias m = .9·.08 + .1·.04 = .076, v = .999·.00064 + .001·.0016 = .00064096, both divided
   * by 1 - β² = .19 and .001999: the step is .1·.4/√.32064 = .070640.
   */
  @Test
  void gradientsAreClippedTogether() {
    Weights w = weights();
    try (var optimizer = new Optimizer(w, n -> n.startsWith("a."), 0, 1)) {
      step(optimizer, w);
      try (var scope = new PointerScope()) {
        Tensor small =
            w.get("a.weight")
                .mul(new Scalar(0.03))
                .sum()
                .add(w.get("a.bias").mul(new Scalar(0.04)).sum());
        optimizer.step(small, RATE);
      }
      assertThat(w.get("a.bias").item_float()).isCloseTo(1.9f - 0.070640f, within(2e-6f));
    }
  }
}
