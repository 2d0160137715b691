package io.github.deepcut.unlearn.deepcut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.deepcut.data.Picture;
import io.github.deepcut.unlearn.TwoWeights;
import io.github.deepcut.unlearn.UnlearningData;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

/**
 * Two classes with the logits (z1, z2) are told apart by z = z2 - z1 alone, so T²·KL = T²·[p
 * log(p/q) + (1 - p) log((1 - p)/(1 - q))] with p = σ(z_o/T) and q = σ(z/T).
 */
class DistillationLossTest {
  private static final Picture ROW = TwoWeights.picture(51, 255, 1); // x = (.2, 1)

  /** Of a row with these logits. */
  private static double loss(double weight, double temperature, float... logits) {
    Retention settings = new Retention(weight, temperature, 1);
    UnlearningData sets = new UnlearningData(List.of(ROW), List.of(ROW), List.of(), 1);
    try (var scope = new PointerScope();
        var keeper = new DistillationLoss(settings, TwoWeights.of(1, 1), sets)) {
      Tensor given = Tensor.create(logits, 1, 2);
      return keeper.loss(given, new int[] {1}, List.of(ROW)).item_double();
    }
  }

  private static double divergence(double t, double now) {
    double p = 1 / (1 + Math.exp(-0.8 / t)); // the original's logits are (.2, 1)
    double q = 1 / (1 + Math.exp(-now / t));
    return t * t * (p * Math.log(p / q) + (1 - p) * Math.log((1 - p) / (1 - q)));
  }

  @Test
  void isTheDivergenceFromTheOriginalAsItIsAndAtTheTemperature() {
    for (double t : new double[] {1, 2, 4}) {
      double expected = divergence(1, -0.75) + 5 * divergence(t, -0.75);
      assertThat(loss(5, t, 0.5f, -0.25f)).isCloseTo(expected, within(1e-5));
    }
  }

  @Test
  void isFlatAtTheOriginalHoweverUnsureItIs() {
    // cross-entropy with the label would be log(1 + e^-.8) = .37 here, and train on
    assertThat(loss(6, 4, 0.2f, 1)).isZero();
    for (float h : new float[] {-.1f, .1f}) {
      // KL ~ p(1-p)h²/2 with p(1-p) = .214, T²·KL at T = 4 ~ .2475·h²/2
      double expected = (0.214 + 6 * 0.2475) * h * h / 2;
      assertThat(loss(6, 4, 0.2f, 1 + h)).isCloseTo(expected, within(1e-4));
    }
  }

  @Test
  void nearsTheDistanceOfLogitsAsTheTemperatureRises() {
    // T²·KL -> (z - z_o)² / 8
    double expected = divergence(1, -1) + Math.pow(1.8, 2) / 8;
    assertThat(loss(1, 50, 0, -1)).isCloseTo(expected, within(2e-3));
  }

  @Test
  void isTheCrossEntropyWithTheLabelWithoutWeight() {
    assertThat(loss(0, 2, 3, -3)).isCloseTo(Math.log1p(Math.exp(6)), within(1e-5));
  }
}
