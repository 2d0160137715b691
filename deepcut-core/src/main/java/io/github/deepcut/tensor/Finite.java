package io.github.deepcut.tensor;

import java.util.Map;
import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/** Numbers that must be finite: what goes on from a NaN ends in a model of nothing. */
public final class Finite {
  private Finite() {}

  /**
   * Checks the loss of a step.
   *
   * @param step of the loop that asks, counted from 1
   * @param change what would help, such as {@code lower learning_rate (1.0)}
   * @return the loss
   * @throws NotFiniteException where it is NaN or infinite: step, loss and what to change
   */
  public static double loss(double value, long step, String change) {
    if (!Double.isFinite(value)) {
      throw new NotFiniteException("step %d: the loss is %s; %s".formatted(step, value, change));
    }
    return value;
  }

  /**
   * What {@code ask} says of a model after a step: weights may be finite and still too large to
   * compute with.
   *
   * @throws NotFiniteException where it meets what is not finite: step, what it was, and what to
   *     change, if anything has moved yet
   */
  public static <T> T after(long step, String change, Supplier<T> ask) {
    try {
      return ask.get();
    } catch (NotFiniteException e) {
      throw step == 0
          ? e
          : new NotFiniteException("step %d: %s; %s".formatted(step, e.getMessage(), change));
    }
  }

  /**
   * Looks at a model after a step, as {@link #after(long, String, Supplier)} does, for nothing but
   * what it finds out.
   */
  public static void after(long step, String change, Runnable look) {
    after(
        step,
        change,
        () -> {
          look.run();
          return true;
        });
  }

  /**
   * Checks what is to be written, in the types that it is written in. What is copied from another
   * file is as it was and is not looked at.
   *
   * @throws NotFiniteException where a tensor is not finite, or no longer in its type
   */
  public static void written(Iterable<TensorSource> sources) {
    for (TensorSource source : sources) {
      if (source instanceof TensorSource.Values values) {
        try (var scope = new PointerScope()) {
          var type = values.dtype().scalarType().orElseThrow();
          if (Tensors.hasNonFinite(values.tensor().detach().to(type))) {
            throw new NotFiniteException(nonFinite(values));
          }
        }
      }
    }
  }

  private static String nonFinite(TensorSource.Values values) {
    return "tensor %s %s: nothing is written"
        .formatted(
            values.name(),
            Tensors.hasNonFinite(values.tensor())
                ? "holds NaN or infinity"
                : "goes beyond the range of its type " + values.dtype());
  }

  /**
   * Checks tensors after a step: one that ended in NaN has no next loss to tell it by.
   *
   * @throws NotFiniteException where one is not finite: step, tensor and what to change
   */
  public static void tensors(Map<String, Tensor> moved, long step, String change) {
    moved.forEach(
        (name, t) -> {
          if (Tensors.hasNonFinite(t)) {
            throw new NotFiniteException(
                "step %d: tensor %s is not finite any more; %s".formatted(step, name, change));
          }
        });
  }
}
