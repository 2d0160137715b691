package io.github.deepcut.unlearn;

import static io.github.deepcut.unlearn.Worked.E;
import static io.github.deepcut.unlearn.Worked.F;
import static io.github.deepcut.unlearn.Worked.ONE;
import static io.github.deepcut.unlearn.Worked.R;
import static io.github.deepcut.unlearn.Worked.contrastive;
import static io.github.deepcut.unlearn.Worked.cosine;
import static io.github.deepcut.unlearn.Worked.crossEntropy;
import static io.github.deepcut.unlearn.Worked.equal;
import static io.github.deepcut.unlearn.Worked.slope;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.deepcut.data.Input;
import io.github.deepcut.data.Picture;
import io.github.deepcut.data.Task;
import io.github.deepcut.run.Run;
import io.github.deepcut.train.Recipe;
import io.github.deepcut.unlearn.baseline.ContrastiveUnlearning;
import io.github.deepcut.unlearn.deepcut.DeepCut;
import io.github.deepcut.unlearn.deepcut.DeepCutPaper;
import io.github.deepcut.unlearn.deepcut.Forgetting;
import io.github.deepcut.unlearn.deepcut.Retention;
import io.github.deepcut.unlearn.deepcut.Steps;
import io.github.deepcut.unlearn.deepcut.target.Targets;
import io.github.deepcut.unlearn.loop.BatchPlan;
import io.github.deepcut.unlearn.loop.BatchPlan.Draw;
import io.github.deepcut.unlearn.loop.Classes;
import io.github.deepcut.unlearn.loop.RetainSampler;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * One update of the methods that go by latent space, worked from their formulas, on the model of
 * two weights w = (1, 1), by SGD at a rate of .1: see {@link MethodUpdateTest}.
 */
class LatentUpdateTest {
  private static UnlearningData sets(List<Picture> forget, List<Picture> retain) {
    return new UnlearningData(forget, retain, List.of(R), 1);
  }

  private static double[] after(UnlearningMethod method, UnlearningData sets) {
    TwoWeights model = TwoWeights.of(1, 1);
    method.unlearn(model, sets, StopRule.never(), Run.of(3));
    return model.values();
  }

  /**
   * DeepCUT in one step, at a rate of .1. The held-out pictures below have a loss of ln(1 + e) =
   * 1.31 under (1, 1), which is the target of all of class a.
   */
  private static DeepCut deepCut(double gamma, double kappa) {
    return new DeepCut(
        Targets.defaults(Task.IMAGE),
        new Forgetting(gamma, 0.5),
        new Retention(kappa, 2, 2),
        new Steps(0.1 / Recipe.SGD_TO_ADAMW, 1, 1, 0, 8));
  }

  private static final Picture UNSEEN = TwoWeights.picture(0, 255, 0);
  private static final double UNSEEN_LOSS = Math.log1p(Math.E);

  private static UnlearningData calibrated(List<Picture> forget, List<Picture> retain) {
    return new UnlearningData(forget, retain, List.of(UNSEEN, UNSEEN, UNSEEN), 1);
  }

  /** DeepCUT with the push on the log loss alone, as the anchor has nothing of its class. */
  @Test
  void deepCutDoesNotTrainOn() {
    // -.5·∇CE(f)/CE(f) alone: what holds r is flat at θ_o, however unsure that is of r
    UnlearningData sets = calibrated(List.of(F), List.of(R));
    double up = 0.5 * E / (crossEntropy(new double[] {1, 1}, F) + 1e-5);
    equal(after(deepCut(1, 5), sets), 1 - 0.1 * up, 1 + 0.1 * 0.2 * up);
    // without it the labels of r are trained on: + ∇CE(r)
    equal(after(deepCut(1, 0), sets), 1 - 0.1 * (up + 0.2 * E), 1 + 0.1 * (0.2 * up + E));
  }

  private static Draw drawn(Run run) {
    return BatchPlan.forgotten(8, 1).of(1, 2, 2, run.random("order 1")).get(0);
  }

  @Test
  void contrastiveUnlearning() {
    // Two anchors at F meet two retained pictures drawn with replacement. The gradient of
    // 3·L_UL + 2·L_CE at τ = .5 by central differences of the formula.
    Picture same = TwoWeights.picture(153, 153, 0);
    Run run =
        LongStream.range(0, 100)
            .mapToObj(Run::of)
            .filter(r -> drawn(r).retain()[0] != drawn(r).retain()[1]) // both kinds of partners
            .findFirst()
            .orElseThrow();
    for (List<Picture> retain : List.of(List.of(R, same), List.of(R, R))) {
      UnlearningData sets = sets(List.of(F, F), retain);
      Draw draw = drawn(run);
      List<Picture> drawn = List.of(retain.get(draw.retain()[0]), retain.get(draw.retain()[1]));
      ToDoubleFunction<double[]> loss = w -> contrastive(w, F, drawn);
      TwoWeights model = TwoWeights.of(1, 1);
      new ContrastiveUnlearning(3, 2, 0.5, 1, 0, false, ONE)
          .unlearn(model, sets, StopRule.never(), run);
      assertThat(model.values())
          .containsExactly(
              new double[] {1 - 0.1 * slope(loss, 0), 1 - 0.1 * slope(loss, 1)}, within(1e-5));
    }
  }

  @Test
  void contrastiveUnlearningLeavesSamplesOfALostClassAtChanceAlone() {
    Picture gone = TwoWeights.picture(102, 103, 0); // logits .4 and .404: a little below 1/C
    TwoWeights model = TwoWeights.of(1, 1);
    new ContrastiveUnlearning(3, 2, 0.5, 1, 0, false, ONE)
        .unlearn(model, sets(List.of(F, gone), List.of(R, R)), StopRule.never(), Run.of(1));
    ToDoubleFunction<double[]> loss = w -> contrastive(w, F, List.of(R, R));
    assertThat(model.values())
        .containsExactly(
            new double[] {1 - 0.1 * slope(loss, 0), 1 - 0.1 * slope(loss, 1)}, within(1e-5));
  }

  /**
   * The whole step of DeepCUT, CE(r) + Σ w (γ·l(P, N) - α·log(CE(f) + ε)) / A, for two forgotten
   * pictures of class a that meet one retained picture of each class. Its gradient is worked by
   * central differences of the formula, and clipped at 1.
   */
  @Test
  void deepCut() {
    List<Picture> forget = List.of(F, TwoWeights.picture(153, 153, 0));
    List<Picture> retain = List.of(KIN, R);
    TwoWeights model = TwoWeights.of(1, 1);
    deepCut(1.5, 0).unlearn(model, calibrated(forget, retain), StopRule.never(), meetsBoth(forget));
    double[] now = {1, 1};
    double[] push =
        forget.stream()
            .mapToDouble(f -> Math.log((UNSEEN_LOSS + 1e-5) / (crossEntropy(now, f) + 1e-5)))
            .map(w -> Math.min(1, w))
            .toArray();
    assertThat(push[0]).isEqualTo(1);
    assertThat(push[1]).isBetween(.6, .7);
    ToDoubleFunction<double[]> loss =
        w -> {
          double sum = (crossEntropy(w, KIN) + crossEntropy(w, R)) / 2;
          for (int i = 0; i < 2; i++) {
            sum +=
                push[i]
                    * (1.5 * latent(w, forget.get(i))
                        - 0.5 * Math.log(crossEntropy(w, forget.get(i)) + 1e-5))
                    / 2;
          }
          return sum;
        };
    double[] g = {slope(loss, 0), slope(loss, 1)};
    double clip = Math.max(1, Math.hypot(g[0], g[1]));
    assertThat(model.values())
        .containsExactly(new double[] {1 - 0.1 * g[0] / clip, 1 - 0.1 * g[1] / clip}, within(2e-5));
  }

  @Test
  void deepCutAsPublished() {
    // CE(r) + .7·l(P, N), means over the retained and over both views of both anchors
    List<Picture> forget = List.of(F, TwoWeights.picture(153, 153, 0));
    TwoWeights model = TwoWeights.of(1, 1);
    new DeepCutPaper(0.7, 0.1, 2, 1, ONE)
        .unlearn(model, sets(forget, List.of(KIN, R)), StopRule.never(), meetsBoth(forget));
    ToDoubleFunction<double[]> loss =
        w ->
            (crossEntropy(w, KIN) + crossEntropy(w, R)) / 2
                + 0.7 * (latent(w, forget.get(0)) + latent(w, forget.get(1))) / 2;
    assertThat(model.values())
        .containsExactly(
            new double[] {1 - 0.1 * slope(loss, 0), 1 - 0.1 * slope(loss, 1)}, within(1e-5));
  }

  /** Of class a, as {@link Worked#F}: what a forgotten picture is pushed from. */
  private static final Picture KIN = TwoWeights.picture(204, 102, 0);

  /** l(P, N) of DeepCUT at τ = .1 with {@link #KIN} for P and {@link Worked#R} for N. */
  private static double latent(double[] w, Picture forgotten) {
    double pull = cosine(w, forgotten, R) / 0.1;
    double away = cosine(w, forgotten, KIN) / 0.1;
    return -Math.log(Math.exp(pull) / (Math.exp(pull) + Math.exp(away)));
  }

  /** A run in whose step D_f meets KIN, for half of a retained batch is of its class, and R. */
  private static Run meetsBoth(List<Picture> forget) {
    return LongStream.range(0, 100)
        .mapToObj(Run::of)
        .filter(r -> meets(r, forget, List.of(KIN, R)).contains(R))
        .findFirst()
        .orElseThrow();
  }

  private static List<Input> meets(Run run, List<Picture> forget, List<Picture> retain) {
    SplittableRandom random = run.random("step 0");
    random.nextLong(); // for dropout
    return new RetainSampler(retain, new Classes(List.of("a", "b"), false, true))
        .draw(forget, 2, random);
  }
}
