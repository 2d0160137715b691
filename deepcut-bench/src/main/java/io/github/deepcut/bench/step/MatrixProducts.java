package io.github.deepcut.bench.step;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** The bare matrix products of one layer's training: forward, dX and dW, nothing else. */
final class MatrixProducts implements Timed {
  private record Operands(Tensor x, Tensor w, Tensor g) {}

  private final List<Operands> layer = new ArrayList<>();

  MatrixProducts(Shape shape, boolean bf16) {
    torch.ScalarType type = bf16 ? torch.ScalarType.BFloat16 : torch.ScalarType.Float;
    for (int[] m : shape.matrices()) {
      layer.add(
          new Operands(
              torch.randn(shape.batchTokens(), m[0]).to(type),
              torch.randn(m[1], m[0]).to(type),
              torch.randn(shape.batchTokens(), m[1]).to(type)));
    }
  }

  @Override
  public void once() {
    for (Operands o : layer) {
      try (var scope = new PointerScope();
          var noGrad = new NoGradGuard()) {
        torch.linear(o.x, o.w);
        torch.matmul(o.g, o.w);
        torch.matmul(o.g.t(), o.x);
      }
    }
  }
}
