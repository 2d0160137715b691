package io.github.deepcut.train;

import io.github.deepcut.data.Input;
import io.github.deepcut.tensor.Weights;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * What training lowers, and the weights that it changes to do so.
 *
 * @param <T> the rows that it is trained on
 */
public interface Objective<T extends Input> {
  Weights weights();

  /**
   * The mean loss (scalar, nats) of a batch, with dropout on. It belongs to the caller's scope.
   *
   * @param step of the whole training, from 0; all other randomness depends on seed and step alone
   */
  Tensor loss(List<? extends T> rows, long step);
}
