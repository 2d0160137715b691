package io.github.deepcut.unlearn.loop;

/** The learning rates of a run. */
public interface RateSchedule {

  /** The highest. */
  double peak();

  /**
   * Of one step.
   *
   * @param pass from 1 on
   * @param batch of this pass, from 0 on
   * @param size batches of this pass
   */
  double rate(int pass, int batch, int size);
}
