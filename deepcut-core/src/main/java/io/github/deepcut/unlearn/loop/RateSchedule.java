package io.github.deepcut.unlearn.loop;

/** The learning rates of a run. */
public interface RateSchedule {

  /** {@return the highest rate, which a refusal names as the one to lower} */
  double peak();

  /**
   * {@return the rate of one step}
   *
   * @param pass from 1 on
   * @param batch of this pass, from 0 on
   * @param size batches of this pass
   */
  double rate(int pass, int batch, int size);
}
