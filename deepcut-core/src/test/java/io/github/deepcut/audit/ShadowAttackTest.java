package io.github.deepcut.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deepcut.run.InputException;
import io.github.deepcut.stats.Bootstrap;
import io.github.deepcut.stats.Value;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShadowAttackTest {
  private static final double[] NONE = {};

  private static Bootstrap bootstrap() {
    return new Bootstrap(100, new SplittableRandom(1));
  }

  /** Samples whose members are at 4 ± 1 and whose non-members are at 0 ± 1. */
  private static List<Worlds> worlds(String prefix, int n) {
    return IntStream.range(0, n)
        .mapToObj(i -> new Worlds(prefix + i, new double[] {3, 5}, new double[] {-1, 1}))
        .toList();
  }

  /** With equal variances the ratio rises with x, so 4 is above every 0: all found. */
  @Test
  void findsWhatIsRemembered() {
    ShadowAttack attack =
        new ShadowAttack(ShadowAttack.Test.LIRA, worlds("f", 20), worlds("t", 200));
    double[] remembered = IntStream.range(0, 20).mapToDouble(i -> 4).toArray();
    double[] unknown = IntStream.range(0, 200).mapToDouble(i -> i % 3 - 1).toArray();
    ShadowAttack.Result found = attack.on(remembered, unknown, bootstrap());
    assertThat(found.test().text()).isEqualTo("LiRA (online)");
    assertThat(found.auc().number()).hasValue(1);
    assertThat(found.auc().n()).isEqualTo(20);
    assertThat(found.others()).isEqualTo(200);
    assertThat(found.tpr().get(1).number()).hasValue(1);
    // 20 of 20: from .025^(1/20) = 0.831566 to 1
    assertThat(found.tpr().get(1).interval().orElseThrow().low())
        .isCloseTo(0.831566, org.assertj.core.api.Assertions.within(1e-6));
    assertThat(found.forgotten().get(3)).isEqualTo(new ShadowAttack.Found("f3", 4 * 4 / 4.0, 2, 2));
  }

  /** 200 samples never seen count false alarms of 0.5 % each: 0.1 % is finer than that. */
  @Test
  void aRateFinerThanTheSamplesIsUndefined() {
    ShadowAttack attack =
        new ShadowAttack(ShadowAttack.Test.U_LIRA, worlds("f", 5), worlds("t", 200));
    ShadowAttack.Result found = attack.on(new double[5], new double[200], bootstrap());
    assertThat(found.test().text()).isEqualTo("U-LiRA");
    assertThat(found.auc().number()).hasValue(.5);
    assertThat(found.tpr().get(0))
        .isEqualTo(
            Value.undefined(
                "a false-alarm rate of 0.001 needs 1000 samples never seen, found 200", 5));
    assertThat(found.tpr().get(1).number()).hasValue(0);
  }

  @Test
  void refusesWithoutShadowModels() {
    List<Worlds> bare = List.of(new Worlds("f", NONE, NONE));
    assertThatThrownBy(() -> new ShadowAttack(ShadowAttack.Test.LIRA, bare, List.of(bare.get(0))))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("LiRA (online) needs shadow models and there are none");
    assertThatThrownBy(() -> new ShadowAttack(ShadowAttack.Test.LIRA, worlds("f", 3), List.of()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("samples never seen, found 3 and 0");
  }

  /** Values of the formula in the class's comment, worked out in another program. */
  @Test
  void interpolatedMeasurement() {
    List<Worlds> samples =
        List.of(
            new Worlds("a", NONE, new double[] {-1, 0}),
            new Worlds("every model had it", new double[] {9}, NONE),
            new Worlds("b", NONE, new double[] {.5}),
            new Worlds("c", NONE, new double[] {1}));
    InterpolatedMeasurement iam = new InterpolatedMeasurement(samples, new double[] {4, 9, 5, 6});
    double[] audited = {1, 9, 5, .5};
    assertThat(iam.completeness(audited))
        .usingComparatorWithPrecision(1e-9)
        .containsExactly(0.887171270803858, 0.06958925864527787, 0.9993995465718956);
    assertThat(iam.mean(audited, bootstrap()).n()).isEqualTo(3);
  }

  @Test
  void completenessFallsFromShadowToOriginal() {
    List<Worlds> samples =
        IntStream.range(0, 30)
            .mapToObj(i -> new Worlds("s" + i, NONE, new double[] {i / 10.0 - 1}))
            .toList();
    double[] original = IntStream.range(0, 30).mapToDouble(i -> 5 + i / 10.0).toArray();
    InterpolatedMeasurement iam = new InterpolatedMeasurement(samples, original);
    double[] means =
        IntStream.rangeClosed(0, 4)
            .mapToDouble(
                step ->
                    Arrays.stream(
                            iam.completeness(
                                IntStream.range(0, 30)
                                    .mapToDouble(i -> i / 10.0 - 1 + step * 1.5)
                                    .toArray()))
                        .average()
                        .orElseThrow())
            .toArray();
    assertThat(means).isSortedAccordingTo((a, b) -> Double.compare(b, a));
    assertThat(means[0]).isGreaterThan(.8);
    assertThat(means[4]).isLessThan(.5);
  }
}
