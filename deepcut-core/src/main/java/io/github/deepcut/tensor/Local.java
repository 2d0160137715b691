package io.github.deepcut.tensor;

import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/**
 * Computations whose intermediate tensors are let go as soon as the result is there. What autograd
 * needs of them it holds itself; without this, all of them would live until the step's scope ends.
 */
public final class Local {
  private Local() {}

  /** The result of {@code work}, in the caller's pointer scope. */
  public static Tensor of(Supplier<Tensor> work) {
    PointerScope outer = PointerScope.getInnerScope();
    if (outer == null) {
      return work.get();
    }
    try (var inner = new PointerScope()) {
      Tensor result = work.get();
      outer.attach(result);
      return result;
    }
  }
}
