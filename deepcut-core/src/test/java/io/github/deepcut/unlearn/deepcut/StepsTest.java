package io.github.deepcut.unlearn.deepcut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.deepcut.data.Task;
import io.github.deepcut.unlearn.loop.RateSchedule;
import org.junit.jupiter.api.Test;

class StepsTest {
  private static RateSchedule rates(Task task) {
    return new Steps(0.5, 8, 1, 0, 4).rates(1e-3, task);
  }

  @Test
  void theRateFallsInTheSecondHalf() {
    RateSchedule rates = rates(Task.NER);
    assertThat(rates.peak()).isEqualTo(5e-4);
    assertThat(rates.rate(1, 1, 2)).isEqualTo(5e-4);
    assertThat(rates.rate(4, 2, 2)).as("half way").isEqualTo(5e-4);
    assertThat(rates.rate(6, 2, 2)).as("three quarters").isCloseTo(2.5e-4, within(1e-12));
    assertThat(rates.rate(8, 2, 2)).as("a twentieth at the end").isCloseTo(2.5e-5, within(1e-12));
  }

  /** From a hundred times the rate of AdamW, for images are trained by SGD. */
  @Test
  void thatOfImagesFallsFromTheStart() {
    RateSchedule rates = rates(Task.IMAGE);
    assertThat(rates.peak()).isCloseTo(5e-2, within(1e-12));
    assertThat(rates.rate(4, 2, 2)).as("half way").isCloseTo(2.5e-2, within(1e-12));
  }
}
