package io.github.deepcut.unlearn.loop;

import io.github.deepcut.tensor.Snapshot;

/** What a method finds out before each pass and holds to within it, through checkpoints, too. */
public interface PassState {

  /** Asked before the first step of each pass. */
  void begin();

  /**
   * Adds what was found to a checkpoint.
   *
   * @param to the checkpoint
   */
  void save(Snapshot to);

  /**
   * Takes back what was found, instead of {@link #begin}, where a run goes on within a pass.
   *
   * @param from the checkpoint
   */
  void restore(Snapshot from);

  /** {@return a state of nothing} */
  static PassState none() {
    return new PassState() {
      @Override
      public void begin() {}

      @Override
      public void save(Snapshot to) {}

      @Override
      public void restore(Snapshot from) {}
    };
  }
}
