package io.github.deepcut.unlearn.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deepcut.Golden;
import io.github.deepcut.tensor.Tensors;
import io.github.deepcut.unlearn.loss.Contrast.Side;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ContrastiveLossTest {
  private static final double TOLERANCE = 1e-9;

  @TestFactory
  Stream<DynamicTest> forgetAgainstRetained() {
    return cases()
        .filter(c -> c.has("forget_embeddings") && !c.has("contrast_set"))
        .flatMap(
            c ->
                names(c)
                    .map(
                        loss ->
                            DynamicTest.dynamicTest(
                                c.get("name").asText() + ": " + loss, () -> pairs(c, loss))));
  }

  private static void pairs(JsonNode c, String name) {
    try (var scope = new PointerScope()) {
      Tensor zf = leaf(c.get("forget_embeddings"));
      Tensor zr = leaf(c.get("retain_embeddings"));
      int[] yf = Golden.ints(c.get("forget_labels"));
      int[] yr = Golden.ints(c.get("retain_labels"));
      int[] absent = filled(yf.length, -1);
      double tau = c.get("temperature").asDouble();
      BiFunction<ContrastiveLoss, Contrast.Needs, Contrast> contrast =
          (l, needs) -> Contrast.of(new Side(zf, yf), new Side(zr, yr), absent, tau, needs);
      Tensor loss =
          switch (name) {
            case "deepcut" -> of(ContrastiveLoss.DEEPCUT, contrast);
            case "cu_sample" -> of(ContrastiveLoss.SAMPLE, contrast);
            case "cu_class" -> of(ContrastiveLoss.CLASS, contrast);
            case "cu_reference_code" -> publishedCode(contrast.apply(null, Contrast.Needs.BOTH));
            default -> throw new AssertionError("no such loss: " + name);
          };
      JsonNode expected = c.get("expected").get(name);
      check(loss, expected.get("loss"), List.of(zf, zr), expected, "grad_forget", "grad_retain");
    }
  }

  private static Tensor of(
      ContrastiveLoss loss, BiFunction<ContrastiveLoss, Contrast.Needs, Contrast> contrast) {
    return loss.of(contrast.apply(loss, loss.needs()));
  }

  /**
   * What the paper's published code computes instead of Eq. 5: the log-denominator weighs
   * n_r/|N_i|. Kept here to pin down the departure that we do not copy.
   */
  private static Tensor publishedCode(Contrast c) {
    Tensor weight = c.countOther().reciprocal().mul(new Scalar((double) c.other().size(1)));
    Tensor pull = c.meanOverOther(c.similarity());
    // with the row maximum m taken out of both terms: Σ_n (s - m) = |N| (mean s - m)
    Tensor m = c.similarity().detach().amax(new long[] {1}, false);
    Tensor push = c.logSumSame().squeeze(1).sub(m).mul(weight);
    return pull.sub(m).sub(push).neg().mean();
  }

  @Test
  void wholeBatchWithoutTheAnchorItself() {
    JsonNode c = cases().filter(x -> x.has("contrast_set")).findFirst().orElseThrow();
    try (var scope = new PointerScope()) {
      Tensor zf = leaf(c.get("forget_embeddings"));
      Tensor zr = leaf(c.get("retain_embeddings"));
      int[] yf = Golden.ints(c.get("forget_labels"));
      int[] yr = Golden.ints(c.get("retain_labels"));
      Tensor all = torch.cat(new TensorVector(zf, zr));
      int[] y = java.util.stream.IntStream.concat(Arrays.stream(yf), Arrays.stream(yr)).toArray();
      int[] own = java.util.stream.IntStream.range(0, yf.length).toArray();
      Contrast contrast =
          Contrast.of(
              new Side(zf, yf),
              new Side(all, y),
              own,
              c.get("temperature").asDouble(),
              Contrast.Needs.BOTH);
      JsonNode expected = c.get("expected").get("deepcut");
      check(
          ContrastiveLoss.DEEPCUT.of(contrast),
          expected.get("loss"),
          List.of(zf, zr),
          expected,
          "grad_forget",
          "grad_retain");
    }
  }

  /** A pull is the loss that DeepCUT's is made of: FoCL's, by which an anchor joins its class. */
  @Test
  void aPullIsFocl() {
    JsonNode c = cases().filter(x -> x.has("embeddings")).findFirst().orElseThrow();
    try (var scope = new PointerScope()) {
      Tensor z = leaf(c.get("embeddings"));
      int[] y = Golden.ints(c.get("labels"));
      int[] own = java.util.stream.IntStream.range(0, y.length).toArray();
      Contrast contrast =
          Contrast.of(
              new Side(z, y),
              new Side(z, y),
              own,
              c.get("temperature").asDouble(),
              Contrast.Needs.BOTH);
      JsonNode expected = c.get("expected").get("focl_positive_masked");
      check(
          ContrastiveLoss.DEEPCUT.of(contrast.swapped()),
          expected.get("loss"),
          List.of(z),
          expected,
          "grad");
    }
  }

  @Test
  void noPairsMeansZeroNotNaN() {
    try (var scope = new PointerScope()) {
      Tensor z = Tensor.create(new double[] {1, 0}, 1, 2).requires_grad_(true);
      Contrast c =
          Contrast.of(
              new Side(z, new int[] {0}),
              new Side(z, new int[] {0}),
              new int[] {0},
              0.1,
              Contrast.Needs.BOTH);
      Tensor loss = ContrastiveLoss.DEEPCUT.of(c);
      loss.backward();
      assertThat(loss.item_double()).isZero();
      assertThat(Tensors.doubles(z.grad())).containsOnly(0);
    }
  }

  private static void check(
      Tensor loss, JsonNode value, List<Tensor> leaves, JsonNode expected, String... gradients) {
    assertThat(loss.item_double()).isCloseTo(value.asDouble(), within(TOLERANCE));
    loss.backward();
    for (int i = 0; i < gradients.length; i++) {
      double[] want = Golden.numbers(expected.get(gradients[i]));
      Tensor grad = leaves.get(i).grad();
      double[] got = grad.defined() ? Tensors.doubles(grad) : new double[want.length];
      assertThat(got).as(gradients[i]).containsExactly(want, within(TOLERANCE));
    }
  }

  private static Tensor leaf(JsonNode rows) {
    return Golden.matrix(rows).requires_grad_(true);
  }

  private static int[] filled(int n, int value) {
    int[] a = new int[n];
    Arrays.fill(a, value);
    return a;
  }

  private static Stream<JsonNode> cases() {
    return StreamSupport.stream(
        Golden.json("contrastive-losses.json").get("cases").spliterator(), false);
  }

  private static Stream<String> names(JsonNode c) {
    Iterable<String> it = () -> c.get("expected").fieldNames();
    return StreamSupport.stream(it.spliterator(), false);
  }
}
