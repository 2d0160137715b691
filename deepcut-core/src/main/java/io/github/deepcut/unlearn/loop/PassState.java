package io.github.deepcut.unlearn.loop;

import io.github.deepcut.tensor.Snapshot;

/** What a method finds out before each pass and holds to within it, through checkpoints, too. */
public interface PassState {

  /** Asked before the first step of each pass. */
  void begin();

  /** Adds what was found to a checkpoint. */
  void save(Snapshot to);

  /** Takes it back, instead of {@link #begin}, where a run goes on within a pass. */
  void restore(Snapshot from);

  /** Nothing. */
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
