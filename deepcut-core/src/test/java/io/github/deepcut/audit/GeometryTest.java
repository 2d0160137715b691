package io.github.deepcut.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deepcut.audit.NeighbourPurity.Items;
import io.github.deepcut.stats.Bootstrap;
import io.github.deepcut.stats.Value;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class GeometryTest {
  private final Bootstrap bootstrap = new Bootstrap(50, new SplittableRandom(1));

  @Test
  void silhouettesAreThoseOfScikitLearn() {
    JsonNode golden = Golden.statistics("silhouette");
    double[][] points = matrix(golden.get("embeddings"));
    int[] labels =
        Arrays.stream(Golden.numbers(golden.get("labels"))).mapToInt(d -> (int) d).toArray();
    assertThat(number(Silhouette.euclidean(points, labels, bootstrap)))
        .isCloseTo(golden.get("euclidean").asDouble(), within(1e-9));
    assertThat(number(Silhouette.cosine(points, labels, bootstrap)))
        .isCloseTo(golden.get("cosine").asDouble(), within(1e-9));
  }

  @Test
  void aSilhouetteNeedsTwoLabels() {
    double[][] points = {{1, 0}, {0, 1}};
    assertThat(Silhouette.cosine(points, new int[] {3, 3}, bootstrap))
        .isInstanceOf(Value.Undefined.class);
    // each alone with its label
    assertThat(number(Silhouette.cosine(points, new int[] {0, 1}, bootstrap))).isZero();
  }

  @Test
  void ckaIsTheGoldenOne() {
    JsonNode golden = Golden.statistics("linear_cka");
    assertThat(number(LinearCka.of(matrix(golden.get("x")), matrix(golden.get("y")))))
        .isCloseTo(golden.get("cka").asDouble(), within(1e-9));
  }

  @Test
  void ckaIgnoresRotationAndScale() {
    double[][] x = {{1, 2}, {3, -1}, {0, 5}, {-2, 2}};
    double[][] y = {{-4, 2}, {2, 6}, {-10, 0}, {-4, -4}}; // (a, b) -> (-2b, 2a)
    assertThat(number(LinearCka.of(x, y))).isCloseTo(1, within(1e-12));
    assertThat(LinearCka.of(new double[][] {{1, 1}, {1, 1}}, new double[][] {{1}, {2}}))
        .isInstanceOf(Value.Undefined.class);
  }

  @Test
  void distancesToCentroids() {
    Centroids centroids =
        new Centroids(new double[][] {{1, 0}, {3, 0}, {0, 2}}, new int[] {0, 0, 1});
    double[][] items = {{1, 1}, {0, 4}, {1, 1}};
    int[] labels = {0, 0, 7}; // no retained item has class 7
    // 1 - cos 45 degrees, 1 - cos 90 degrees; the third has no centroid of its own
    assertThat(number(centroids.toOwn(items, labels, bootstrap)))
        .isCloseTo((1 - Math.sqrt(0.5) + 1) / 2, within(1e-12));
    // to class 1: 1 - cos 45, 0; the third to either: 1 - cos 45
    assertThat(number(centroids.toNearestOther(items, labels, bootstrap)))
        .isCloseTo(2 * (1 - Math.sqrt(0.5)) / 3, within(1e-12));
  }

  @Test
  void neighboursByTheirLabels() {
    double[][] retained = new double[14][];
    int[] labels = new int[14];
    for (int i = 0; i < 14; i++) {
      retained[i] = new double[] {Math.cos(0.1 * i), Math.sin(0.1 * i)};
      labels[i] = i < 7 ? 0 : 1;
    }
    Items forget = new Items(new double[][] {{1, 0}}, new int[] {0});
    // the ten nearest have angles 0 to 0.9, of which seven are of class 0
    assertThat(number(NeighbourPurity.of(forget, new Items(retained, labels), bootstrap)))
        .isCloseTo(0.7, within(1e-12));
    assertThat(NeighbourPurity.of(forget, forget, bootstrap)).isInstanceOf(Value.Undefined.class);
  }

  @Test
  void aProbeReadsWhatIsLinearAndNothingElse() {
    SplittableRandom random = new SplittableRandom(3);
    Items fit = items(200, random);
    assertThat(number(LinearProbe.of(items(100, random), fit))).isGreaterThan(0.95);
    int[] shuffled = random.ints(200, 0, 3).toArray();
    assertThat(number(LinearProbe.of(items(300, random), new Items(fit.points(), shuffled))))
        .isBetween(0.1, 0.6);
  }

  /** Three classes about the axes of a space of five dimensions. */
  private static Items items(int n, SplittableRandom random) {
    double[][] points = new double[n][5];
    int[] labels = new int[n];
    for (int i = 0; i < n; i++) {
      labels[i] = random.nextInt(3);
      for (int c = 0; c < 5; c++) {
        points[i][c] = (c == labels[i] ? 3 : 0) + random.nextDouble(-1, 1);
      }
    }
    return new Items(points, labels);
  }

  private static double[][] matrix(JsonNode rows) {
    return StreamSupport.stream(rows.spliterator(), false)
        .map(Golden::numbers)
        .toArray(double[][]::new);
  }

  private static double number(Value value) {
    return value.number().orElseThrow();
  }
}
