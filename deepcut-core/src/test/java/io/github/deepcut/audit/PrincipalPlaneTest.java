package io.github.deepcut.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class PrincipalPlaneTest {
  private static final Offset<Double> EXACT = within(1e-9);

  /**
   * Mean (1, 2, 3). Deviations +-4 along (3, 4, 0) / 5, +-2 along (4, -3, 0) / 5, +-1 along z:
   * variances 32/6, 8/6, 2/6 of 42/6.
   */
  @Test
  void findsTheAxesOfACross() {
    double[][] rows = {
      {1 + 2.4, 2 + 3.2, 3}, {1 - 2.4, 2 - 3.2, 3},
      {1 + 1.6, 2 - 1.2, 3}, {1 - 1.6, 2 + 1.2, 3},
      {1, 2, 4}, {1, 2, 2}
    };
    PrincipalPlane plane = PrincipalPlane.fit(rows);
    assertThat(plane.mean()).containsExactly(new double[] {1, 2, 3}, EXACT);
    assertThat(plane.axes()[0]).containsExactly(new double[] {.6, .8, 0}, within(1e-6));
    assertThat(plane.axes()[1]).containsExactly(new double[] {.8, -.6, 0}, within(1e-6));
    assertThat(plane.explained().get(0)).isEqualTo(32 / 42.0, EXACT);
    assertThat(plane.explained().get(1)).isEqualTo(8 / 42.0, EXACT);
    assertThat(plane.project(rows[0])).containsExactly(new double[] {4, 0}, within(1e-5));
    assertThat(plane.project(rows[3])).containsExactly(new double[] {0, -2}, within(1e-5));
    assertThat(plane.project(rows[4])).containsExactly(new double[] {0, 0}, within(1e-5));
  }

  @Test
  void rowsOnALineHaveNoSecondAxis() {
    PrincipalPlane plane = PrincipalPlane.fit(new double[][] {{0, 0}, {1, 1}, {2, 2}});
    assertThat(plane.explained().get(0)).isEqualTo(1, EXACT);
    assertThat(plane.explained().get(1)).isEqualTo(0, EXACT);
    assertThat(plane.project(new double[] {3, 3})[1]).isEqualTo(0, EXACT);
  }

  @Test
  void equalRowsLieInTheMiddle() {
    PrincipalPlane plane = PrincipalPlane.fit(new double[][] {{5, 7}, {5, 7}});
    assertThat(plane.explained()).containsExactly(0.0, 0.0);
    assertThat(plane.project(new double[] {5, 7})).containsExactly(0, 0);
  }

  /** No other plane of a hundred holds more. */
  @Test
  void noRandomPlaneHoldsMore() {
    SplittableRandom random = new SplittableRandom(3);
    double[][] rows = new double[80][12];
    for (double[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        row[i] = random.nextDouble(-1, 1) * (1 + i % 5);
      }
    }
    PrincipalPlane plane = PrincipalPlane.fit(rows);
    double most = variance(rows, plane.axes()[0]);
    for (int t = 0; t < 100; t++) {
      double[] axis = random.doubles(12, -1, 1).toArray();
      assertThat(variance(rows, axis)).isLessThanOrEqualTo(most + 1e-9);
    }
  }

  @Test
  void needsRows() {
    assertThatThrownBy(() -> PrincipalPlane.fit(new double[0][])).hasMessageContaining("no rows");
  }

  /** Of the rows along an axis of any length. */
  private static double variance(double[][] rows, double[] axis) {
    double length = 0;
    double mean = 0;
    double square = 0;
    for (double a : axis) {
      length += a * a;
    }
    for (double[] row : rows) {
      double x = 0;
      for (int i = 0; i < axis.length; i++) {
        x += row[i] * axis[i];
      }
      mean += x / rows.length;
      square += x * x / rows.length;
    }
    return (square - mean * mean) / length;
  }
}
