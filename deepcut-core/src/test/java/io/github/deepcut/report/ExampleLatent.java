package io.github.deepcut.report;

import io.github.deepcut.report.figure.ModelRole;
import io.github.deepcut.report.figure.Projection;
import io.github.deepcut.report.figure.Projection.Group;
import io.github.deepcut.report.figure.Projection.Path;
import io.github.deepcut.report.figure.Projection.Place;
import io.github.deepcut.report.figure.Projection.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Invented clusters: the forgotten samples leave the middle of theirs. */
final class ExampleLatent {
  private static final int CLUSTERS = 7;

  private ExampleLatent() {}

  static Projection projection(SplittableRandom random) {
    List<Point> points = new ArrayList<>();
    List<Path> paths = new ArrayList<>();
    for (int i = 0; i < 420; i++) {
      for (ModelRole model : ModelRole.values()) {
        Place at = around(i % CLUSTERS, 1, random);
        points.add(new Point(model, Group.RETAINED, "r" + i, at.x(), at.y()));
      }
    }
    for (int i = 0; i < 60; i++) {
      String id = "f" + i;
      Place from = around(i % CLUSTERS, 0.5, random);
      Place to = around(i % CLUSTERS, 2.2, random);
      Place retrained = around(i % CLUSTERS, 2.1, random);
      points.add(new Point(ModelRole.ORIGINAL, Group.FORGOTTEN, id, from.x(), from.y()));
      points.add(new Point(ModelRole.UNLEARNED, Group.FORGOTTEN, id, to.x(), to.y()));
      points.add(new Point(ModelRole.RETRAINED, Group.FORGOTTEN, id, retrained.x(), retrained.y()));
      Place middle =
          new Place((from.x() + to.x()) / 2 + random.nextDouble(-.3, .3), (from.y() + to.y()) / 2);
      paths.add(new Path(id, List.of(from, middle, to)));
    }
    return new Projection(List.of(0.31, 0.22), points, paths);
  }

  private static Place around(int cluster, double spread, SplittableRandom random) {
    double angle = 2 * Math.PI * cluster / CLUSTERS;
    double radius = 3.5 + cluster % 3;
    return new Place(
        radius * Math.cos(angle) + spread * (random.nextDouble() + random.nextDouble() - 1),
        radius * Math.sin(angle) + spread * (random.nextDouble() + random.nextDouble() - 1));
  }
}
