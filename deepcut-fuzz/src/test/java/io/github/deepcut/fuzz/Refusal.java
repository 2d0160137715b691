package io.github.deepcut.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepcut.run.InputException;

/** The one way in which a reader may decline: an InputException that says why. */
public final class Refusal {
  private Refusal() {}

  /**
   * Whether {@code reading} ended without one. Whatever else it throws is a fault and goes on up.
   */
  public static boolean none(Runnable reading) {
    try {
      reading.run();
      return true;
    } catch (InputException e) {
      assertThat(e.getMessage()).isNotBlank();
      return false;
    }
  }
}
