package io.github.deepcut.unlearn.loop;

import io.github.deepcut.tensor.Snapshot;
import io.github.deepcut.train.Optimizer;
import org.bytedeco.pytorch.Tensor;

/** Moves weights by gradients, and what it remembers from step to step. */
public interface Update extends AutoCloseable {

  /** One update from the gradients of {@code loss}, which are then dropped. */
  void step(Tensor loss, double learningRate);

  void save(Snapshot to);

  void restore(Snapshot from);

  @Override
  void close();

  /** That of {@link Optimizer}. */
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
