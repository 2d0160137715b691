package io.github.deepcut.unlearn.loss;

import static org.bytedeco.pytorch.global.torch.matmul;

import io.github.deepcut.tensor.Tensors;
import java.util.Arrays;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;

/**
 * Anchors against a contrast set: s_ij = z_i·z_j / τ with unit-length z, and which pairs are of the
 * same class (P_i) or of another (N_i). A rows are anchors, M columns the contrast set.
 *
 * @param similarity s (A, M)
 * @param same P as booleans (A, M)
 * @param other N as booleans (A, M)
 * @param anchors index of each row among the anchors given, for those left out for lack of pairs
 */
public record Contrast(Tensor similarity, Tensor same, Tensor other, int[] anchors) {

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
   * Pairs anchors with a contrast set that holds none of them.
   *
   * @param forget the anchors, with the class of each
   * @param contrast the contrast set, with the class of each
   * @param tau τ, the temperature
   * @param needs the pairs without which an anchor is left out
   * @return a contrast without rows when no anchor has the pairs that it needs
   */
  public static Contrast of(Side forget, Side contrast, double tau, Needs needs) {
    int[] own = new int[forget.classes().length];
    Arrays.fill(own, -1);
    return of(forget, contrast, own, tau, needs);
  }

  /**
   * Pairs every anchor with every item of the contrast set.
   *
   * @param forget the anchors, with the class of each
   * @param contrast the contrast set, with the class of each
   * @param own column of the anchor itself, which is left out; -1 where it is not in the set
   * @param tau τ, the temperature
   * @param needs the pairs without which an anchor is left out
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
    int[] anchors = Arrays.copyOf(kept, rows);
    Tensor z = unit(Tensors.rows(forget.embeddings(), anchors)); // (A, H)
    Tensor c = unit(contrast.embeddings()); // (M, H)
    Tensor s = matmul(z, c.t()).div(new Scalar(tau)); // (A, M)
    return new Contrast(
        s,
        Tensors.beside(Tensor.create(Arrays.copyOf(same, rows * m), rows, m), s),
        Tensors.beside(Tensor.create(Arrays.copyOf(other, rows * m), rows, m), s),
        anchors);
  }

  /** {@return whether no anchor has the pairs that it needs: the loss is 0 and moves nothing} */
  public boolean isEmpty() {
    return anchors.length == 0;
  }

  /**
   * {@return the contrast with P and N exchanged: a loss of it pulls to the own class and pushes
   * away}
   */
  public Contrast swapped() {
    return new Contrast(similarity, other, same, anchors);
  }

  /** log Σ_{p∈P_i} e^{s_ip}, (A, 1). */
  Tensor logSumSame() {
    Tensor own = similarity.masked_fill(same.logical_not(), new Scalar(Double.NEGATIVE_INFINITY));
    return own.logsumexp(new long[] {1}, true);
  }

  /** Mean over N_i of {@code pairs} (A, M), one value an anchor (A). */
  Tensor meanOverOther(Tensor pairs) {
    return pairs.masked_fill(other.logical_not(), new Scalar(0.0)).sum(1L).div(countOther());
  }

  /** |N_i| (A), in the precision of the embeddings. */
  Tensor countOther() {
    return other.sum(1L).to(similarity.scalar_type());
  }

  private static Tensor unit(Tensor x) {
    return x.div(
        x.norm(new ScalarOptional(new Scalar(2.0)), new long[] {1}, true)
            .clamp_min(new Scalar(1e-12)));
  }
}
