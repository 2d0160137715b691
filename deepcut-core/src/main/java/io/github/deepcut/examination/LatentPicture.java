package io.github.deepcut.examination;

import io.github.deepcut.audit.PrincipalPlane;
import io.github.deepcut.data.Dataset;
import io.github.deepcut.report.ThreeModels;
import io.github.deepcut.report.figure.ModelRole;
import io.github.deepcut.report.figure.Part;
import io.github.deepcut.report.figure.Projection;
import io.github.deepcut.report.figure.Projection.Group;
import io.github.deepcut.report.figure.Projection.Path;
import io.github.deepcut.report.figure.Projection.Place;
import io.github.deepcut.report.figure.Projection.Point;
import io.github.deepcut.run.Run;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The models' latent spaces in one plane, fitted on the original (on the audited model where there
 * is none).
 *
 * @param passes the forgotten samples' embeddings before unlearning and after each pass; empty
 *     where nobody recorded them
 */
public record LatentPicture(
    ThreeModels<? extends Examinee> models,
    Dataset forget,
    Dataset retained,
    List<double[][]> passes) {
  /** Most forgotten samples that are drawn. */
  public static final int FORGOTTEN = 150;

  private static final int RETAINED = 400;

  /** A model's forgotten and retained samples (N, H). */
  private record Space(double[][] forget, double[][] retain) {
    int width() {
      return forget[0].length;
    }
  }

  public Part<Projection> draw(Run run) {
    Dataset gone = Latent.some(forget, FORGOTTEN, run);
    Dataset kept = Latent.some(retained, RETAINED, run);
    ThreeModels<Space> spaces =
        models.map(
            m -> new Space(Latent.of(m, m.classifier(), gone), Latent.of(m, m.classifier(), kept)));
    if (spaces.stream().mapToInt(Space::width).distinct().count() > 1) {
      return Part.missing("The models' latent spaces differ in width: no plane is in all of them.");
    }
    Space fitted = spaces.original().orElse(spaces.unlearned());
    PrincipalPlane plane =
        PrincipalPlane.fit(
            Stream.of(fitted.forget, fitted.retain)
                .flatMap(Arrays::stream)
                .toArray(double[][]::new));
    Canvas canvas = new Canvas(plane, new ArrayList<>());
    for (ModelRole which : ModelRole.values()) {
      spaces
          .of(which)
          .ifPresent(
              space -> {
                canvas.add(which, space.forget, Group.FORGOTTEN, gone);
                canvas.add(which, space.retain, Group.RETAINED, kept);
              });
    }
    List<Path> paths = paths(spaces, plane, gone);
    return Part.of(new Projection(plane.explained(), canvas.points, paths));
  }

  /** Where to draw a model's samples. */
  private record Canvas(PrincipalPlane plane, List<Point> points) {
    void add(ModelRole which, double[][] rows, Group group, Dataset data) {
      for (int i = 0; i < rows.length; i++) {
        double[] at = plane.project(rows[i]);
        points.add(new Point(which, group, data.examples().get(i).id(), at[0], at[1]));
      }
    }
  }

  /** Over the passes where they are known, else straight from the original; none without one. */
  private List<Path> paths(ThreeModels<Space> spaces, PrincipalPlane plane, Dataset gone) {
    if (spaces.original().isEmpty()) {
      return List.of();
    }
    double[][] start = spaces.original().get().forget;
    List<double[][]> stations =
        passes.isEmpty() ? List.of(start, spaces.unlearned().forget) : passes;
    return IntStream.range(0, gone.size())
        .mapToObj(i -> path(gone.examples().get(i).id(), i, stations, plane))
        .toList();
  }

  private static Path path(String id, int i, List<double[][]> stations, PrincipalPlane plane) {
    return new Path(
        id,
        stations.stream()
            .map(rows -> plane.project(rows[i]))
            .map(at -> new Place(at[0], at[1]))
            .toList());
  }
}
