package io.github.deepcut.unlearn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.deepcut.data.Input;
import io.github.deepcut.data.Picture;
import io.github.deepcut.data.Task;
import io.github.deepcut.run.Run;
import io.github.deepcut.tensor.Tensors;
import io.github.deepcut.train.Recipe;
import io.github.deepcut.unlearn.baseline.BadTeacher;
import io.github.deepcut.unlearn.baseline.BoundaryExpand;
import io.github.deepcut.unlearn.baseline.BoundaryShrink;
import io.github.deepcut.unlearn.baseline.CoUn;
import io.github.deepcut.unlearn.baseline.ContrastiveUnlearning;
import io.github.deepcut.unlearn.baseline.Delete;
import io.github.deepcut.unlearn.baseline.FineTune;
import io.github.deepcut.unlearn.baseline.Fisher;
import io.github.deepcut.unlearn.baseline.GradientAscent;
import io.github.deepcut.unlearn.baseline.Kga;
import io.github.deepcut.unlearn.baseline.KlToUniform;
import io.github.deepcut.unlearn.baseline.NegGradPlus;
import io.github.deepcut.unlearn.baseline.RandomLabels;
import io.github.deepcut.unlearn.baseline.Retrain;
import io.github.deepcut.unlearn.baseline.SalUn;
import io.github.deepcut.unlearn.baseline.Scrub;
import io.github.deepcut.unlearn.baseline.Ssd;
import io.github.deepcut.unlearn.baseline.Unsir;
import io.github.deepcut.unlearn.deepcut.DeepCut;
import io.github.deepcut.unlearn.deepcut.DeepCutPaper;
import io.github.deepcut.unlearn.deepcut.Forgetting;
import io.github.deepcut.unlearn.deepcut.Retention;
import io.github.deepcut.unlearn.deepcut.Steps;
import io.github.deepcut.unlearn.deepcut.target.Targets;
import io.github.deepcut.unlearn.loop.BatchPlan;
import io.github.deepcut.unlearn.loop.BatchPlan.Draw;
import io.github.deepcut.unlearn.loop.Classes;
import io.github.deepcut.unlearn.loop.OptimizerSettings;
import io.github.deepcut.unlearn.loop.RetainSampler;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

/**
 * One update of every method on the model of two weights w = (1, 1), by SGD without momentum or
 * decay at a rate of .1: w' = w - .1·g.
 *
 * <p>Forgotten: x = (1, .2) of class a, logits (1, .2), p = (σ(.8), σ(-.8)) = (.69, .31). With e =
 * σ(-.8): ∇CE(f) = ((.69 - 1)·1, .31·.2) = (-e, .2e). Retained: x = (.2, 1) of class b, its mirror
 * image: ∇CE(r) = (.2e, -e). Under the other label: ∇CE(f, b) = (s, -.2s) with s = σ(.8).
 */
class MethodUpdateTest {
  private static final Picture F = TwoWeights.picture(255, 51, 0);
  private static final Picture R = TwoWeights.picture(51, 255, 1);
  private static final double S = sigmoid(0.8);
  private static final double E = 1 - S;
  private static final OptimizerSettings ONE = passes(1);
  private static final Run RUN = Run.of(3);

  /** One step of AdamW at a rate of .1, which moves each weight by .1 against its gradient. */
  private static final Recipe RECIPE = new Recipe(1, 1, 0.1, 0, 0, 0, 0, 8, false, 1);

  private static OptimizerSettings passes(int n) {
    return new OptimizerSettings(OptimizerSettings.Kind.SGD, 0.1, 1, 0, 0, 0, false, n, 8);
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  private static UnlearningData sets(List<Picture> forget, List<Picture> retain) {
    return new UnlearningData(
        forget,
        retain,
        List.of(R),
        1,
        false,
        Optional.empty(),
        () -> new Training.Start(TwoWeights.of(0, 0), RECIPE));
  }

  private static double[] after(UnlearningMethod method, UnlearningData sets) {
    TwoWeights model = TwoWeights.of(1, 1);
    method.unlearn(model, sets, StopRule.never(), RUN);
    return model.values();
  }

  private static double[] after(UnlearningMethod method) {
    return after(method, sets(List.of(F), List.of(R)));
  }

  private static void moves(UnlearningMethod method, double g1, double g2) {
    equal(after(method), 1 - 0.1 * g1, 1 - 0.1 * g2);
  }

  private static void equal(double[] w, double first, double second) {
    assertThat(w).containsExactly(new double[] {first, second}, within(1e-6));
  }

  @Test
  void retrain() {
    // from (0, 0), p = (.5, .5): ∇CE(r) = (.5·.2, -.5), one step of AdamW: (-.1, .1)
    equal(after(new Retrain()), -0.1, 0.1);
  }

  @Test
  void fineTune() {
    moves(new FineTune(ONE), 0.2 * E, -E);
  }

  @Test
  void gradientAscent() {
    moves(new GradientAscent(ONE), E, -0.2 * E);
  }

  @Test
  void negGradPlus() {
    // .75·(.2e, -e) - .25·(-e, .2e) = (.4e, -.8e)
    moves(new NegGradPlus(0.75, ONE), 0.4 * E, -0.8 * E);
  }

  @Test
  void randomLabels() {
    // of two classes the other: the mean of (s, -.2s) and (.2e, -e)
    moves(new RandomLabels(ONE), (S + 0.2 * E) / 2, (-0.2 * S - E) / 2);
  }

  @Test
  void salUn() {
    // |∇CE(f)| = (e, .2e): the first half is salient and moves, the second stays
    moves(new SalUn(0.5, ONE), (S + 0.2 * E) / 2, 0);
  }

  @Test
  void scrub() {
    // Pass 1: KL is 0 and flat at θ_o; CE(r) alone moves: w = (1 - .02e, 1 + .1e).
    double a = 1 - 0.02 * E;
    double b = 1 + 0.1 * E;
    equal(after(new Scrub(1, 0.5, 2, 2, ONE)), a, b);
    // Pass 2, on f: -KL_2; its gradient by a logit is -T·(q - p), with q and p softened by T = 2,
    // logits (a, .2b) against (1, .2), so δ = 2·(σ((a - .2b)/2) - σ(.4)) and g = (-δ, .2δ).
    double d = 2 * (sigmoid((a - 0.2 * b) / 2) - sigmoid(0.4));
    double a2 = a + 0.1 * d;
    double b2 = b - 0.1 * 0.2 * d;
    // on r: CE + .5·KL_2, logits (.2a, b) against (.2, 1): by the second logit σ - 1 + .5·δ
    double u = sigmoid(b2 - 0.2 * a2) - 1;
    double v = 2 * (sigmoid((b2 - 0.2 * a2) / 2) - sigmoid(0.4));
    double g = u + 0.5 * v;
    equal(after(new Scrub(1, 0.5, 2, 2, passes(2))), a2 + 0.1 * 0.2 * g, b2 - 0.1 * g);
  }

  @Test
  void badTeacher() {
    // the teacher (0, 0) says (.5, .5): by the logits of f p - .5; KL to θ_o is flat; two items
    moves(new BadTeacher(1, 1, ONE), (S - 0.5) / 2, -0.2 * (S - 0.5) / 2);
  }

  @Test
  void klToUniform() {
    // 3·(p - .5)·x_f + ∇CE(r)
    moves(new KlToUniform(3, 1, ONE), 3 * (S - 0.5) + 0.2 * E, -0.6 * (S - 0.5) - E);
  }

  @Test
  void kga() {
    // A_f = (.1, -.1) and A_n = (-.1, .1), as in retrain(). On f A_f says p = σ(.1 + .02). The gap
    // KL(.53 ‖ .69) = .056 on D_f exceeds KL(.69 ‖ .53) = .053 on D_n: down, by q - p.
    double p = sigmoid(0.12);
    moves(new Kga(0.1, ONE), S - p, -0.2 * (S - p));
  }

  @Test
  void fisher() {
    // F = ((.2e)², e²) = (.0038, .096); 1/F = (260, 10.4), the first cut at 100: noise of the
    // variances .01·(100, 10.4)
    double[] w = after(new Fisher(0.01, 100, 10));
    try (var scope = new PointerScope()) {
      torch.manual_seed(RUN.random("noise").nextLong());
      double[] n = Tensors.doubles(torch.randn(2));
      equal(w, 1 + n[0], 1 + n[1] * Math.sqrt(0.01 / (E * E)));
    }
  }

  @Test
  void ssd() {
    // I_f = (e², .04e²), I_D = (.52e², .52e²): the first is above 1.5 times and becomes
    // 1·min(.8·.52, 1); the second is not
    equal(after(new Ssd(1.5, 0.8, 10)), 0.8 * 0.52, 1);
  }

  @Test
  void boundaryShrink() {
    moves(new BoundaryShrink(0.1, ONE), S, -0.2 * S);
  }

  @Test
  void boundaryExpand() {
    // the extra logit is v·z, z = (1, .2); q over (1, .2, v·z); by z: q + (q3 - 1)·v
    SplittableRandom random = RUN.random("extra class");
    double v1 = random.nextGaussian() / Math.sqrt(2);
    double v2 = random.nextGaussian() / Math.sqrt(2);
    double all = Math.exp(1) + Math.exp(0.2) + Math.exp(v1 + 0.2 * v2);
    double q3 = Math.exp(v1 + 0.2 * v2) / all;
    moves(
        new BoundaryExpand(ONE),
        Math.exp(1) / all + (q3 - 1) * v1,
        0.2 * (Math.exp(0.2) / all + (q3 - 1) * v2));
  }

  @Test
  void unsir() {
    // The variance of (1, .2) is .32. x = √.32·n; one step of AdamW moves it by .1·√.32 against the
    // sign of λ·2x/(2·.32) - ∂CE/∂x, with ∂CE/∂x = (-1, 1)·σ(x2 - x1). Then CE(x, a) + CE(r).
    double[] x;
    try (var scope = new PointerScope()) {
      torch.manual_seed(RUN.random("noise").nextLong());
      x = Tensors.doubles(torch.randn(1, 1, 1, 2));
    }
    double d = Math.sqrt(0.32);
    double p = sigmoid(d * (x[1] - x[0]));
    double g1 = 0.1 * d * x[0] / 0.32 + p;
    double g2 = 0.1 * d * x[1] / 0.32 - p;
    double x1 = d * (x[0] - 0.1 * Math.signum(g1));
    double x2 = d * (x[1] - 0.1 * Math.signum(g2));
    double q = sigmoid(x2 - x1);
    moves(new Unsir(1, 0.1, 1, ONE), -q * x1 + 0.2 * E, q * x2 - E);
  }

  @Test
  void delete() {
    // without its own class θ_o says (0, 1) of f: KL((0, 1) ‖ p) = CE(f, b)
    moves(new Delete(ONE), S, -0.2 * S);
  }

  @Test
  void coUn() {
    // one item: InfoNCE is log 1 = 0. The first view is mirrored or not: x = (1, .2), of class b,
    // has ∇CE = (s, -.2s)
    SplittableRandom random = RUN.random("step 0");
    random.nextLong(); // of dropout
    boolean mirrored = random.nextBoolean();
    moves(new CoUn(1, 0.1, ONE), mirrored ? S : 0.2 * E, mirrored ? -0.2 * S : -E);
  }

  /** DeepCUT with the push on the cross-entropy alone, as the anchor has nothing of its class. */
  /**
   * DeepCUT in one step, at a rate of .1. The held-out pictures below have a loss of ln(1 + e) =
   * 1.31 under (1, 1), which is the target of all of class a.
   */
  private static DeepCut deepCut(double gamma, double kappa) {
    return new DeepCut(
        Targets.defaults(Task.IMAGE),
        new Forgetting(gamma, 0.5, 0, 0, 1, Forgetting.ContrastSet.RETAINED),
        new Retention(kappa, 2, 0, 2, 2),
        new Steps(0.1 / Recipe.SGD_TO_ADAMW, 1, 1, 0, 8, 0));
  }

  private static final Picture UNSEEN = TwoWeights.picture(0, 255, 0);
  private static final double UNSEEN_LOSS = Math.log1p(Math.E);

  private static UnlearningData calibrated(List<Picture> forget, List<Picture> retain) {
    return new UnlearningData(forget, retain, List.of(UNSEEN, UNSEEN, UNSEEN), 1);
  }

  @Test
  void deepCutDoesNotTrainOn() {
    // -.5·∇CE(f) alone: what holds r is flat at θ_o, however unsure that is of r
    UnlearningData sets = calibrated(List.of(F), List.of(R));
    equal(after(deepCut(1, 5), sets), 1 - 0.1 * 0.5 * E, 1 + 0.1 * 0.5 * 0.2 * E);
    // without it the labels of r are trained on: + ∇CE(r)
    equal(after(deepCut(1, 0), sets), 1 - 0.1 * 0.7 * E, 1 + 0.1 * (0.5 * 0.2 * E + E));
  }

  /** L_UL of one anchor against what is retained, as Eq. 5 and Eq. 6 have it, and 2·CE. */
  private static double contrastive(double[] w, Picture anchor, List<Picture> retained) {
    double[] z = unit(w, anchor);
    double pull = 0;
    double push = 0;
    double ce = 0;
    int others = 0;
    for (Picture r : retained) {
      double[] y = unit(w, r);
      double s = (z[0] * y[0] + z[1] * y[1]) / 0.5;
      boolean same = r.labels()[0] == anchor.labels()[0];
      pull += same ? 0 : s;
      others += same ? 0 : 1;
      push += same ? Math.exp(s) : 0;
      double[] l = logits(w, r);
      ce += Math.log1p(Math.exp((r.labels()[0] == 0 ? 1 : -1) * (l[1] - l[0])));
    }
    double denominator = push == 0 ? others : push; // Eq. 6: |N_i|
    return 3 * -(pull / others - Math.log(denominator)) + 2 * ce / retained.size();
  }

  private static double[] logits(double[] w, Picture x) {
    return new double[] {
      w[0] * Byte.toUnsignedInt(x.pixels()[0]) / 255, w[1] * Byte.toUnsignedInt(x.pixels()[1]) / 255
    };
  }

  private static double[] unit(double[] w, Picture x) {
    double[] z = logits(w, x);
    double norm = Math.hypot(z[0], z[1]);
    return new double[] {z[0] / norm, z[1] / norm};
  }

  private static double slope(ToDoubleFunction<double[]> f, int k) {
    double h = 1e-5;
    double[] up = {1, 1};
    double[] down = {1, 1};
    up[k] += h;
    down[k] -= h;
    return (f.applyAsDouble(up) - f.applyAsDouble(down)) / (2 * h);
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
   * The whole step of DeepCUT, CE(r) + Σ w (γ·l(P, N) - α·CE(f)) / max(Σ w, φA), for two forgotten
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
            .mapToDouble(f -> Math.log((UNSEEN_LOSS + .001) / (crossEntropy(now, f) + .001)))
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
                    * (1.5 * latent(w, forget.get(i)) - 0.5 * crossEntropy(w, forget.get(i)))
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

  /** Of class a, as {@link #F}: what a forgotten picture is pushed from. */
  private static final Picture KIN = TwoWeights.picture(204, 102, 0);

  /** l(P, N) of DeepCUT at τ = .1 with {@link #KIN} for P and {@link #R} for N. */
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

  private static double crossEntropy(double[] w, Picture x) {
    double[] l = logits(w, x);
    return Math.log1p(Math.exp((x.labels()[0] == 0 ? 1 : -1) * (l[1] - l[0])));
  }

  private static double cosine(double[] w, Picture x, Picture y) {
    double[] a = unit(w, x);
    double[] b = unit(w, y);
    return a[0] * b[0] + a[1] * b[1];
  }
}
