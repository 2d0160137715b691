package io.github.deepcut.bench.figures;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A panel for each model, all over the same part of the same plane; a colour for each class, the
 * forgotten one black and larger.
 *
 * @param classes of each point
 * @param forgotten which class
 */
record SpacePicture(List<String> labels, int[] classes, int forgotten) {
  private static final List<String> COLOURS =
      List.of(
          "#e69f00", "#56b4e9", "#009e73", "#f0e442", "#0072b2", "#d55e00", "#cc79a7", "#999999",
          "#8c6bb1", "#a6761d");
  private static final int SIDE = 230;
  private static final int GAP = 12;

  /** The places of all points under each model (N, 2). */
  String svg(Map<String, double[][]> places) {
    double[] low = edge(places, false);
    double[] high = edge(places, true);
    Svg svg = new Svg(places.size() * (SIDE + GAP), SIDE + 44);
    int panel = 0;
    for (Map.Entry<String, double[][]> model : places.entrySet()) {
      double left = panel++ * (SIDE + GAP) + GAP / 2.0;
      svg.text(left + SIDE / 2.0, 14, model.getKey(), "middle");
      svg.path(box(left), "#bbb", 1);
      for (int c = 0; c < labels.size(); c++) {
        StringBuilder dots = new StringBuilder();
        for (int i = 0; i < classes.length; i++) {
          if (classes[i] == c) {
            double[] at = model.getValue()[i];
            dots.append(
                String.format(
                    Locale.ROOT,
                    "M%.0f %.0fh0",
                    left + 4 + (SIDE - 8) * (at[0] - low[0]) / (high[0] - low[0]),
                    20 + 4 + (SIDE - 8) * (high[1] - at[1]) / (high[1] - low[1])));
          }
        }
        svg.path(dots.toString(), colour(c), c == forgotten ? 5 : 3.5);
      }
    }
    for (int c = 0; c < labels.size(); c++) {
      double x = 20 + 70.0 * c;
      svg.path("M%.0f %dh0".formatted(x, SIDE + 36), colour(c), c == forgotten ? 7 : 5);
      svg.text(x + 8, SIDE + 40, labels.get(c), "start");
    }
    return svg.titled("Held-out images in the latent space");
  }

  private String colour(int c) {
    return c == forgotten ? "#000" : COLOURS.get(c % COLOURS.size());
  }

  private static String box(double left) {
    return String.format(Locale.ROOT, "M%.0f 20h%dv%dh-%dz", left, SIDE, SIDE, SIDE);
  }

  private static double[] edge(Map<String, double[][]> places, boolean high) {
    double[] out = new double[2];
    for (int axis = 0; axis < 2; axis++) {
      int a = axis;
      var all = places.values().stream().flatMap(Arrays::stream).mapToDouble(p -> p[a]);
      out[axis] = high ? all.max().orElse(1) : all.min().orElse(0);
    }
    return out;
  }
}
