package io.github.deepcut.stop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.deepcut.audit.Evaluation;
import io.github.deepcut.data.Dataset;
import io.github.deepcut.data.Example;
import io.github.deepcut.data.LabeledText;
import io.github.deepcut.data.Task;
import io.github.deepcut.model.Prediction;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class StopRulesTest {

  /** Two-class sentences of class 0 with these losses in nats. */
  private static Evaluation losses(double... losses) {
    List<Example> examples = new ArrayList<>();
    List<List<Prediction>> items = new ArrayList<>();
    for (int i = 0; i < losses.length; i++) {
      examples.add(new LabeledText("e" + i, "text", null, "a"));
      float own = (float) -losses[i];
      float other = (float) Math.log(-Math.expm1(own));
      items.add(List.of(new Prediction(i, 0, 0, new float[] {own, other})));
    }
    return new Evaluation(new Dataset(Task.CLASSIFY, "test", examples), List.of("a", "b"), items);
  }

  private static double[] around(double middle, int n, long seed) {
    return new SplittableRandom(seed).doubles(n, middle * 0.5, middle * 1.5).toArray();
  }

  @Test
  void aClassIsForgottenWhenItIsRightByChance() {
    // two classes: right on at most half of the samples; a loss below ln 2 is a right answer
    double[][] after = {
      {0.1, 0.1, 0.1, 0.1}, {0.1, 0.1, 0.1, 0.9}, {0.1, 0.9, 0.1, 0.9}, {1, 1, 1, 1}
    };
    double[] distance = {0.5, 0.25, 0, 0};
    for (int pass = 0; pass < after.length; pass++) {
      double[] losses = after[pass];
      var judgement = new ClassRule(m -> losses(losses)).judge(null, pass);
      assertThat(judgement.distance()).isEqualTo(distance[pass]);
      assertThat(judgement.stop()).isEqualTo(pass >= 2);
    }
  }

  /** One in a hundred may be right; all are asked for only where the few are forgotten. */
  @Test
  void aLostClassIsRightOnNoMoreThanOneInAHundred() {
    double[][] few = {{0.1, 1}, {1, 1}, {1, 1}};
    double[][] all = {null, {0.1, 1, 1, 1}, {1, 1, 1, 1}};
    double[] distance = {0.49, 0.24, 0}; // half and a quarter of them, less .01
    for (int k = 0; k < few.length; k++) {
      int now = k;
      var rule = new LostClass(m -> losses(few[now]), m -> losses(all[now]), 5);
      assertThat(rule.judge(null, 1).distance()).isCloseTo(distance[k], within(1e-12));
      assertThat(rule.judge(null, 1).stop()).isEqualTo(k == 2);
      assertThat(rule.asks(4)).isFalse();
      assertThat(rule.asks(10)).isTrue();
    }
  }

  @Test
  void rememberedAndOverForgottenSamplesAreBothTellable() {
    Evaluation unseen = losses(around(0.4, 200, 1));
    for (double middle : new double[] {0.1, 1.2}) {
      var judgement =
          new Indistinguishable(m -> losses(around(middle, 80, 2)), m -> unseen).judge(null, 1);
      assertThat(judgement.stop()).isFalse();
      assertThat(judgement.distance()).isGreaterThan(0.3);
    }
  }

  @Test
  void samplesOfTheSameKindAreNotButOnlyAfterAPass() {
    Evaluation unseen = losses(around(0.4, 400, 1));
    var rule = new Indistinguishable(m -> losses(around(0.4, 400, 3)), m -> unseen, 0.05, 0.1);
    assertThat(rule.judge(null, 0).stop()).isFalse();
    assertThat(rule.judge(null, 1).stop()).isTrue();
    assertThat(rule.judge(null, 1).reason()).startsWith("indistinguishable (AUC 0.");
  }

  @Test
  void heldOutSamplesAreAskedForAtTheStartAndBeforeItStops() {
    double[] forget = {0.1};
    double[] heldOut = {0.4};
    int[] asked = {0};
    var rule =
        new Indistinguishable(
            m -> losses(around(forget[0], 400, 3)),
            m -> {
              asked[0]++;
              return losses(around(heldOut[0], 400, 1));
            },
            0.05,
            0.1);
    rule.judge(null, 0);
    rule.judge(null, 1);
    assertThat(asked[0]).isEqualTo(1);
    forget[0] = 0.4; // like the held-out losses of the start, but these have moved as well
    heldOut[0] = 0.8;
    assertThat(rule.judge(null, 2).stop()).isFalse();
    assertThat(asked[0]).isEqualTo(2);
    forget[0] = 0.8;
    assertThat(rule.judge(null, 3).stop()).isTrue();
    assertThat(asked[0]).isEqualTo(3);
  }

  @Test
  void thePaperStopsOnceForgottenSamplesAreNoMoreAccurateThanHeldOutOnes() {
    // log 2 = .69: above it the sentence is taken for the other class
    Evaluation unseen = losses(0.1, 0.1, 0.1, 2); // 75 %
    var before = new PaperRule(m -> losses(0.1, 0.1), m -> unseen).judge(null, 1); // 100 %
    assertThat(before.stop()).isFalse();
    assertThat(before.distance()).isCloseTo(0.25, within(1e-12));
    var after = new PaperRule(m -> losses(0.1, 2), m -> unseen).judge(null, 1); // 50 %
    assertThat(after.stop()).isTrue();
    assertThat(after.reason()).isEqualTo("paper rule (forget 50.0, held-out 75.0)");
  }
}
