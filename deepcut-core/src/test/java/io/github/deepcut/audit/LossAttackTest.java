package io.github.deepcut.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.deepcut.stats.Bootstrap;
import io.github.deepcut.stats.Interval;
import io.github.deepcut.stats.RocAuc;
import io.github.deepcut.stats.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class LossAttackTest {
  private static Bootstrap bootstrap() {
    return new Bootstrap(new SplittableRandom(1));
  }

  private static List<Scored> losses(String stratum, double... losses) {
    return IntStream.range(0, losses.length)
        .mapToObj(i -> new Scored(stratum + i, stratum, losses[i]))
        .toList();
  }

  private static List<Scored> both(List<Scored> a, List<Scored> b) {
    List<Scored> all = new ArrayList<>(a);
    all.addAll(b);
    return all;
  }

  @Test
  void withoutClassesItIsTheAucOfTheNegativeLoss() {
    double[] f = {0.1, 0.4, 0.2, 0.9};
    double[] t = {0.3, 0.4, 0.8};
    // pairs won: .1: 3, .4: 1 + 1/2, .2: 3, .9: 0 => 7.5 of 12
    LossAttack attack = new LossAttack(losses("", f), losses("", t));
    assertThat(attack.auc().number()).hasValue(7.5 / 12);
    assertThat(attack.tprAtFpr(0).number()).hasValue(0.5);
    assertThat(attack.compared()).isEqualTo(4);
  }

  @Test
  void matchesTheMixOfClasses() {
    // Class a has low losses on both sides and is rare in the test set: unmatched, that alone gives
    // the forgotten samples away. Weights: a 4 / 1, b 2 / 4.
    List<Scored> forget = both(losses("a", 1, 1, 1, 1), losses("b", 5, 5));
    List<Scored> test = both(losses("a", 1), losses("b", 5, 5, 5, 5));
    // members a (4): tie with a (weight 4), above b (2): (2 + 2) / 6; b (2): 0 + 1/6
    LossAttack attack = new LossAttack(forget, test);
    assertThat(attack.auc().number().orElseThrow())
        .isCloseTo((4 * 4.0 / 6 + 2 * 1.0 / 6) / 6, within(1e-12));
    assertThat(attack.auc().number().orElseThrow()).isCloseTo(0.5, within(1e-12));
  }

  @Test
  void isTheMeanOfManyMatchedDraws() {
    Random random = new Random(5);
    List<Scored> forget = both(losses("a", draw(random, 6, 0)), losses("b", draw(random, 3, 1)));
    List<Scored> testA = losses("a", draw(random, 20, 0.3));
    List<Scored> testB = losses("b", draw(random, 9, 1.3));
    double sum = 0;
    for (int i = 0; i < 4000; i++) {
      sum +=
          new LossAttack(forget, both(some(testA, 6, random), some(testB, 3, random)))
              .auc()
              .number()
              .orElseThrow();
    }
    double matched = new LossAttack(forget, both(testA, testB)).auc().number().orElseThrow();
    assertThat(matched).isCloseTo(sum / 4000, within(0.005));
  }

  private static double[] draw(Random random, int n, double mean) {
    return IntStream.range(0, n).mapToDouble(i -> mean + random.nextGaussian()).toArray();
  }

  private static List<Scored> some(List<Scored> from, int n, Random random) {
    List<Scored> copy = new ArrayList<>(from);
    Collections.shuffle(copy, random);
    return copy.subList(0, n);
  }

  @Test
  void leavesOutWhatCannotBeMatchedAndSaysSo() {
    LossAttack attack =
        new LossAttack(
            both(losses("a", 1, 2), losses("z", 9)), both(losses("a", 3), losses("b", 0)));
    assertThat(attack.auc().number()).hasValue(1);
    assertThat(attack.auc().n()).isEqualTo(2);
    assertThat(attack.leftOut()).isOne();
    assertThat(new LossAttack(losses("z", 9), losses("a", 3)).auc(bootstrap()))
        .isEqualTo(
            Value.undefined("none of the 1 forgotten samples has a test sample of its class", 0));
    assertThat(new LossAttack(List.of(), losses("a", 3)).auc())
        .isEqualTo(Value.undefined("no forgotten samples", 0));
  }

  @Test
  void aPairedGapBetweenAModelAndItselfIsZero() {
    LossAttack attack = new LossAttack(losses("a", 1, 2, 7), losses("a", 3, 4, 5));
    assertThat(attack.minus(attack, bootstrap())).isEqualTo(Value.of(0, 3, new Interval(0, 0)));
  }

  @Test
  void aPairedGapNeedsTheSameSamples() {
    LossAttack attack = new LossAttack(losses("a", 1, 2), losses("a", 3, 4));
    LossAttack other = new LossAttack(losses("a", 1, 2), losses("a", 3));
    assertThatThrownBy(() -> attack.minus(other, bootstrap())).hasMessageContaining("same samples");
  }

  @Test
  void theIntervalHoldsTheAreaAndIsAboutAsWideAsItShould() {
    Random random = new Random(3);
    Value auc =
        new LossAttack(losses("a", draw(random, 60, 0)), losses("a", draw(random, 600, 0)))
            .auc(bootstrap());
    Interval interval = auc.interval().orElseThrow();
    assertThat(interval.contains(auc.number().orElseThrow())).isTrue();
    // without an effect: 1.96 sqrt(661 / (12 * 60 * 600)) = 0.077
    assertThat(interval.halfWidth()).isCloseTo(RocAuc.smallestEffect(60, 600), within(0.015));
  }

  @Test
  void rejectsNaN() {
    assertThatThrownBy(() -> new Scored("17", "a", Double.NaN)).hasMessageContaining("sample 17");
  }

  @Property(tries = 100)
  void theOrderOfSamplesDoesNotMatter(
      @ForAll @Size(min = 1, max = 20) List<Boolean> forgetClasses, @ForAll Random random) {
    List<Scored> forget = new ArrayList<>();
    for (boolean c : forgetClasses) {
      forget.add(new Scored("" + forget.size(), "" + c, random.nextInt(5)));
    }
    List<Scored> test = both(losses("true", draw(random, 4, 1)), losses("false", 0, 1, 2, 3));
    double auc = new LossAttack(forget, test).auc().number().orElseThrow();
    assertThat(auc).isBetween(0.0, 1.0);
    Collections.shuffle(forget, random);
    assertThat(new LossAttack(forget, test).auc().number().orElseThrow())
        .isCloseTo(auc, within(1e-12));
  }
}
