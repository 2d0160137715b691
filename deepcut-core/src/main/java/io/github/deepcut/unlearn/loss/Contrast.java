package io.github.deepcut.unlearn.loss;

import static org.bytedeco.pytorch.global.torch.matmul;

import io.github.deepcut.tensor.Tensors;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Anchors against a contrast set: s_ij = z_i·z_j / τ with unit-length z, and which pairs are of the
 * same class (P_i) or of another (N_i). A rows are anchors, M columns the contrast set.
 *
 * @param similarity s (A, M)
 * @param same P as booleans (A, M)
 * @param other N as booleans (A, M)
 * @param mixtures similarity of each anchor to mixtures of itself with its nearest of P (A, K),
 *     -inf where there are fewer; null without mixing
 * @param anchors index of each row among the anchors given, for those left out for lack of pairs
 */
public record Contrast(
    Tensor similarity,
    Tensor same,
    Tensor other,
    int[] anchors,
    Embeddings embeddings,
    Tensor mixtures) {

  /** Unit-length embeddings of the anchors (A, H) and of the contrast set (M, H), and τ. */
  record Embeddings(Tensor anchors, Tensor contrast, double tau) {}

  /**
   * One side of the comparison.
   *
   * @param embeddings raw embeddings (rows, H); they are normalised here
   * @param classes class of each row
   */
  public record Side(Tensor embeddings, int[] classes) {}

  /** Which pairs an anchor must have to take part. */
  public enum Needs {
    /** At least one of its class and one of another. */
    BOTH,
    /** At least one of another class. */
    OTHER
  }

  /**
   * Pairs every anchor with every item of the contrast set.
   *
   * @param own column of the anchor itself, which is left out; -1 where it is not in the set
   * @return a contrast without rows when no anchor has the pairs that it needs
   */
  public static Contrast of(Side forget, Side contrast, int[] own, double tau, Needs needs) {
    int a = forget.classes().length;
    int m = contrast.classes().length;
    boolean[] same = new boolean[a * m];
    boolean[] other = new boolean[a * m];
    int[] kept = new int[a];
    int rows = 0;
    for (int i = 0; i < a; i++) {
      boolean anySame = false;
      boolean anyOther = false;
      for (int j = 0; j < m; j++) {
        boolean equal = forget.classes()[i] == contrast.classes()[j];
        same[rows * m + j] = equal && own[i] != j;
        other[rows * m + j] = !equal;
        anySame |= same[rows * m + j];
        anyOther |= !equal;
      }
      if (anyOther && (anySame || needs == Needs.OTHER)) {
        kept[rows++] = i;
      }
    }
    int[] anchors = java.util.Arrays.copyOf(kept, rows);
    Tensor z = unit(Tensors.rows(forget.embeddings(), anchors)); // (A, H)
    Tensor c = unit(contrast.embeddings()); // (M, H)
    Tensor s = matmul(z, c.t()).div(new Scalar(tau)); // (A, M)
    return new Contrast(
        s,
        Tensors.beside(Tensor.create(java.util.Arrays.copyOf(same, rows * m), rows, m), s),
        Tensors.beside(Tensor.create(java.util.Arrays.copyOf(other, rows * m), rows, m), s),
        anchors,
        new Embeddings(z, c, tau),
        null);
  }

  /** No anchor has the pairs that it needs: the loss is 0 and moves nothing. */
  public boolean isEmpty() {
    return anchors.length == 0;
  }

  /** The roles of P and N exchanged: a loss of this one pulls to the own class and pushes away. */
  public Contrast swapped() {
    return new Contrast(similarity, other, same, anchors, embeddings, null);
  }

  /**
   * Hard mixing as in FoCL, with P and N exchanged: each anchor is also pushed from unit-length
   * mixtures α·z_i + (1-α)·z_p, α uniform in (0, 0.4), with each of its {@code hardest} nearest of
   * P. 0 mixes nothing.
   */
  public Contrast mixed(int hardest, SplittableRandom random) {
    if (hardest == 0 || isEmpty()) {
      return this;
    }
    long a = similarity.size(0);
    long k = Math.min(hardest, similarity.size(1));
    var top = masked(same).topk(k, 1, true, true); // values and indices (A, K)
    Tensor near = embeddings.contrast().index_select(0, top.get1().reshape(-1)); // (A*K, H)
    near = near.view(a, k, -1); // (A, K, H)
    double[] draws = random.doubles(a * k, 0, 0.4).toArray();
    Tensor alpha = Tensor.create(draws, a, k, 1).to(similarity);
    Tensor z = embeddings.anchors().unsqueeze(1); // (A, 1, H)
    Tensor mix = near.add(alpha.mul(z.sub(near))); // α z + (1-α) near, (A, K, H)
    Tensor cosine = mix.mul(z).sum(-1L).div(norm(mix, -1).squeeze(-1)); // (A, K)
    Tensor s = cosine.div(new Scalar(embeddings.tau()));
    Tensor absent = top.get0().isinf();
    Tensor mixtures = s.masked_fill(absent, new Scalar(Double.NEGATIVE_INFINITY));
    return new Contrast(similarity, same, other, anchors, embeddings, mixtures);
  }

  /** log Σ_{p∈P_i} e^{s_ip}, (A, 1). */
  Tensor logSumSame() {
    Tensor own = masked(same); // (A, M)
    Tensor all = mixtures == null ? own : torch.cat(new TensorVector(own, mixtures), 1);
    return all.logsumexp(new long[] {1}, true);
  }

  /** log Σ_{n∈N_i} e^{s_in}, (A, 1). */
  Tensor logSumOther() {
    return masked(other).logsumexp(new long[] {1}, true);
  }

  /** Mean over N_i of {@code pairs} (A, M), one value an anchor (A). */
  Tensor meanOverOther(Tensor pairs) {
    return meanOver(other, pairs);
  }

  /** Mean over P_i of {@code pairs} (A, M), one value an anchor (A). */
  Tensor meanOverSame(Tensor pairs) {
    return meanOver(same, pairs);
  }

  private Tensor meanOver(Tensor mask, Tensor pairs) {
    Tensor sums = pairs.masked_fill(mask.logical_not(), new Scalar(0.0)).sum(1L);
    return sums.div(count(mask));
  }

  /** |N_i| (A), in the precision of the embeddings. */
  Tensor countOther() {
    return count(other);
  }

  private Tensor count(Tensor mask) {
    return mask.sum(1L).to(similarity.scalar_type());
  }

  private Tensor masked(Tensor mask) {
    return similarity.masked_fill(mask.logical_not(), new Scalar(Double.NEGATIVE_INFINITY));
  }

  private static Tensor unit(Tensor x) {
    return x.div(norm(x, 1));
  }

  private static Tensor norm(Tensor x, long dim) {
    return x.norm(new ScalarOptional(new Scalar(2.0)), new long[] {dim}, true)
        .clamp_min(new Scalar(1e-12));
  }
}
