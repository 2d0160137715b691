package io.github.deepcut.bench.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.deepcut.bench.results.TargetErrors.Errors;
import org.junit.jupiter.api.Test;

class TargetErrorsTest {
  /** Of two samples, three retrained models. */
  private static final double[][] RETRAINED = {{0, 1}, {2, 1}, {4, 4}};

  /** To the others' means (3, 2.5), (2, 2.5), (1, 1): 3 and 1.5; 0 and 1.5; 3 and 3. */
  @Test
  void theFloorIsARetrainedModelAgainstTheOthers() {
    Errors floor = Errors.floor(RETRAINED);
    assertThat(floor.distance()).isCloseTo((2.25 + .75 + 3) / 3, within(1e-12));
    assertThat(floor.error()).isCloseTo((2.25 + .75 + 3) / 3, within(1e-12));
  }

  /** Targets (2, 2): -1 and -.5; 0 and -.5; 1 and 1. */
  @Test
  void targetsAreHeldAgainstTheSameMeans() {
    Errors errors = Errors.of(new double[] {2, 2}, RETRAINED);
    assertThat(errors.distance()).isCloseTo((.75 + .25 + 1) / 3, within(1e-12));
    assertThat(errors.error()).isCloseTo((-.75 - .25 + 1) / 3, within(1e-12));
  }
}
