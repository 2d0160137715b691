package io.github.deepcut.unlearn;

import static io.github.deepcut.unlearn.Worked.E;
import static io.github.deepcut.unlearn.Worked.F;
import static io.github.deepcut.unlearn.Worked.ONE;
import static io.github.deepcut.unlearn.Worked.R;
import static io.github.deepcut.unlearn.Worked.S;
import static io.github.deepcut.unlearn.Worked.equal;
import static io.github.deepcut.unlearn.Worked.passes;
import static io.github.deepcut.unlearn.Worked.sigmoid;

import io.github.deepcut.data.Picture;
import io.github.deepcut.run.Run;
import io.github.deepcut.tensor.Tensors;
import io.github.deepcut.train.Recipe;
import io.github.deepcut.unlearn.baseline.BadTeacher;
import io.github.deepcut.unlearn.baseline.BoundaryExpand;
import io.github.deepcut.unlearn.baseline.BoundaryShrink;
import io.github.deepcut.unlearn.baseline.CoUn;
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
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
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
  private static final Run RUN = Run.of(3);

  /** One step of AdamW at a rate of .1, which moves each weight by .1 against its gradient. */
  private static final Recipe RECIPE = new Recipe(1, 1, 0.1, 0, 0, 0, 0, 8, false, 1);

  private static UnlearningData sets(List<Picture> forget, List<Picture> retain) {
    return new UnlearningData(
        forget,
        retain,
        List.of(R),
        1,
        false,
        Optional.empty(),
        () -> new Training.Start(TwoWeights.of(0, 0), RECIPE),
        Optional.empty());
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
}
