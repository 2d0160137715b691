package io.github.deepcut.unlearn.loop;

import io.github.deepcut.tensor.Snapshot;
import io.github.deepcut.train.Optimizer;
import org.bytedeco.pytorch.Tensor;

/** Moves weights by gradients, and what it remembers from step to step. */
public interface Update extends AutoCloseable {

  /**
   * Makes one update from the gradients of {@code loss}, which are then dropped.
   *
   * @param loss a scalar that depends on the weights
   * @param learningRate of this step
   */
  void step(Tensor loss, double learningRate);

  /**
   * Adds what it remembers to a checkpoint.
   *
   * @param to the checkpoint
   */
  void save(Snapshot to);

  /**
   * Takes back what it remembered.
   *
   * @param from a checkpoint of the same weights
   */
  void restore(Snapshot from);

  @Override
  void close();

  /**
   * {@return the rule of an optimizer, which is closed with it}
   *
   * @param optimizer over the weights to move
   */
  static Update of(Optimizer optimizer) {
    return new Update() {
      @Override
      public void step(Tensor loss, double learningRate) {
        optimizer.step(loss, learningRate);
      }

      @Override
      public void save(Snapshot to) {
        optimizer.save(to);
      }

      @Override
      public void restore(Snapshot from) {
        optimizer.restore(from);
      }

      @Override
      public void close() {
        optimizer.close();
      }
    };
  }
}
