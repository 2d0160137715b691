package io.github.deepcut.stress;

import io.github.deepcut.tensor.Weights;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Weights as 8-bit integers would hold them: each row of a matrix in steps of its largest magnitude
 * / 127, rounded. Unlearning by small changes may be undone by it (Zhang et al., Catastrophic
 * Failure of LLM Unlearning via Quantization, 2025).
 */
public final class Int8 {
  private static final double LEVELS = 127;

  private Int8() {}

  /** A rounded copy, in floating point; the caller closes it. */
  public static Weights of(Weights weights) {
    Weights copy = weights.copy();
    try (var scope = new PointerScope();
        var noGrad = new NoGradGuard()) {
      copy.all().values().stream().filter(t -> t.dim() == 2).forEach(Int8::round);
    }
    return copy;
  }

  private static void round(Tensor t) {
    Tensor step = t.abs().amax(new long[] {1}, true).div(new Scalar(LEVELS)); // (rows, 1)
    step = step.clamp_min(new Scalar(Float.MIN_NORMAL));
    t.copy_(t.div(step).round().mul(step));
  }
}
