package io.github.deepcut.unlearn.loop;

import io.github.deepcut.data.Input;
import io.github.deepcut.model.Classifier;
import io.github.deepcut.tensor.Finite;
import io.github.deepcut.tensor.Weights;
import io.github.deepcut.unlearn.UnlearningData;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Gradients of the cross-entropy at the weights as they are, which do not move; no dropout. */
public final class Gradients {
  private static final int BATCH = 32;

  /** Nothing has moved yet, so no setting helps. */
  private static final String UNMOVED = "the original model itself is so: train it at a lower rate";

  private Gradients() {}

  /**
   * {@return ∇CE by parameter, the mean over the rows; the caller closes it}
   *
   * @param model as it is
   * @param rows at least one, with labels
   * @param sets for the precision to compute in
   */
  public static Weights mean(Classifier model, List<? extends Input> rows, UnlearningData sets) {
    double share = 1.0 / rows.size();
    return sum(model, rows, BATCH, sets, (sum, g) -> sum.add_(g.v(), new Scalar(share * g.rows())));
  }

  /**
   * {@return the diagonal of the empirical Fisher information by parameter: the mean over the rows
   * of (∇CE)²; the caller closes it}
   *
   * @param model as it is
   * @param rows at least one, with labels
   * @param sets for the precision to compute in
   */
  public static Weights meanSquare(
      Classifier model, List<? extends Input> rows, UnlearningData sets) {
    double share = 1.0 / rows.size();
    return sum(model, rows, 1, sets, (sum, g) -> sum.add_(g.v().mul(g.v()), new Scalar(share)));
  }

  /** A gradient of the mean loss of some rows. */
  private record Gradient(Tensor v, int rows) {}

  private static Weights sum(
      Classifier model,
      List<? extends Input> rows,
      int size,
      UnlearningData sets,
      BiConsumer<Tensor, Gradient> add) {
    Weights weights = model.weights();
    weights.trainable(name -> true);
    Weights sums = zeros(weights);
    for (int from = 0, step = 1; from < rows.size(); from += size, step++) {
      List<? extends Input> some = rows.subList(from, Math.min(rows.size(), from + size));
      try (var scope = new PointerScope()) {
        ItemOutputs items = ItemOutputs.of(model, some, false, sets.bf16());
        if (items.size() > 0) {
          Tensor loss = items.crossEntropy();
          Finite.loss(loss.item_double(), step, UNMOVED);
          loss.backward();
          collect(weights, sums, (sum, g) -> add.accept(sum, new Gradient(g, some.size())));
        }
      }
    }
    weights.trainable(name -> false);
    Finite.tensors(sums.all(), rows.size(), UNMOVED);
    return sums;
  }

  /** A zero for each parameter; buffers have no gradient and are left out. */
  private static Weights zeros(Weights weights) {
    Map<String, Tensor> out = new LinkedHashMap<>();
    try (var scope = new PointerScope();
        var noGrad = new NoGradGuard()) {
      weights
          .all()
          .forEach(
              (name, w) -> {
                if (w.requires_grad()) {
                  out.put(name, torch.zeros_like(w));
                }
              });
      return Weights.of(out);
    }
  }

  private static void collect(Weights weights, Weights sums, BiConsumer<Tensor, Tensor> add) {
    try (var noGrad = new NoGradGuard()) {
      sums.all()
          .forEach(
              (name, sum) -> {
                Tensor w = weights.all().get(name);
                if (w.grad().defined()) {
                  add.accept(sum, w.grad());
                  w.mutable_grad().reset();
                }
              });
    }
  }
}
