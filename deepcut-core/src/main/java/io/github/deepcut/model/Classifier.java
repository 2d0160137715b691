package io.github.deepcut.model;

import io.github.deepcut.data.Batch;
import io.github.deepcut.data.Input;
import io.github.deepcut.data.Task;
import io.github.deepcut.tensor.Weights;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** An encoder and a classifier over its items: what can be trained, unlearned and audited. */
public interface Classifier {

  /**
   * What a forward pass gives.
   *
   * @param items last hidden state of each item (N, H): the latent space in which DeepCUT works
   * @param logits (N, C)
   */
  record Output(Tensor items, Tensor logits) {}

  /** Packs rows where the weights are; what a model is given comes from here. */
  default Batch batch(List<? extends Input> rows) {
    return Batch.of(rows).beside(weights().any());
  }

  /** Runs the batch; with {@code training} dropout is on and draws from libtorch's generator. */
  default Output forward(Batch batch, boolean training) {
    return forward(input(batch), batch, training);
  }

  /**
   * What the first layer sees: the word embedding of each token (R, H), or normalised pixels (B, C,
   * H, W).
   */
  Tensor input(Batch batch);

  /** Runs the batch with {@code input} in place of its own, which may be perturbed or learnt. */
  Output forward(Tensor input, Batch batch, boolean training);

  /**
   * The hidden state of each item (N, H) at each depth, dropout off; the widths may differ. A model
   * that does not tell its layers apart gives its last one.
   */
  default List<Tensor> layers(Batch batch) {
    return List.of(forward(batch, false).items());
  }

  /** The parameters, owned by whoever made the classifier. */
  Weights weights();

  /** The same classifier over other weights of the same names and shapes. */
  Classifier withWeights(Weights other);

  /** Class names (or IOB tags) by class index. */
  List<String> labels();

  Task task();
}
