package io.github.deepcut.unlearn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.deepcut.data.Picture;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

/**
 * Two classes with the logits (z1, z2) are told apart by z = z2 - z1 alone, so κ·T²·KL = κ·T²·[p
 * log(p/q) + (1 - p) log((1 - p)/(1 - q))] with p = σ(z_o/T) and q = σ(z/T).
 */
class KeeperTest {
  private static final Picture ROW = TwoWeights.picture(51, 255, 1); // x = (.2, 1)

  private static double loss(double weight, double temperature, float first, float second) {
    ForgetSets sets = new ForgetSets(List.of(ROW), List.of(ROW), List.of(), 1);
    try (var scope = new PointerScope();
        var keeper = new Keeper(TwoWeights.of(1, 1), weight, temperature, sets)) {
      Tensor logits = Tensor.create(new float[] {first, second}, 1, 2);
      return keeper.loss(logits, List.of(ROW)).item_double();
    }
  }

  private static double expected(double weight, double t, double now) {
    double p = 1 / (1 + Math.exp(-0.8 / t)); // the original's logits are (.2, 1)
    double q = 1 / (1 + Math.exp(-now / t));
    return weight * t * t * (p * Math.log(p / q) + (1 - p) * Math.log((1 - p) / (1 - q)));
  }

  @Test
  void isTheDivergenceFromTheOriginalAtTheTemperature() {
    for (double t : new double[] {1, 2, 4}) {
      assertThat(loss(5, t, 0.5f, -0.25f)).isCloseTo(expected(5, t, -0.75), within(1e-5));
    }
    assertThat(loss(6, 4, 0.2f, 1)).isZero();
  }

  @Test
  void nearsTheDistanceOfLogitsAsTheTemperatureRises() {
    // T²·KL -> (z - z_o)² / 8
    assertThat(loss(1, 50, 0, -1)).isCloseTo(Math.pow(1.8, 2) / 8, within(2e-3));
  }

  @Test
  void weighsNothingWithoutWeight() {
    assertThat(loss(0, 2, 3, -3)).isZero();
    assertThat(loss(0, 2, Float.POSITIVE_INFINITY, -3)).isZero(); // and not ∞·0
  }
}
