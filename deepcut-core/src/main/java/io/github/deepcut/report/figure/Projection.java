package io.github.deepcut.report.figure;

import java.util.List;

/**
 * The latent spaces of all models in the one plane of the original's two first principal
 * components.
 *
 * @param explained the share of the original's variance along either axis
 * @param paths of the forgotten samples from the original; empty where there is none
 */
public record Projection(List<Double> explained, List<Point> points, List<Path> paths) {
  public Projection {
    explained = List.copyOf(explained);
    points = List.copyOf(points);
    paths = List.copyOf(paths);
  }

  /** What a point is a sample of. */
  public enum Group {
    FORGOTTEN,
    RETAINED
  }

  /** A sample's place under one model. */
  public record Point(ModelRole model, Group group, String id, double x, double y) {}

  /** The places of a forgotten sample before unlearning and after each pass, or the last alone. */
  public record Path(String id, List<Place> places) {
    public Path {
      places = List.copyOf(places);
    }
  }

  /** A place in the plane. */
  public record Place(double x, double y) {}
}
