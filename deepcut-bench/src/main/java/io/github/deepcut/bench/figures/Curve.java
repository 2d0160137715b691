package io.github.deepcut.bench.figures;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Accuracy (%) over the forget batches that a method has met. */
record Curve(List<double[]> points) {
  private static final List<String> COLOURS = List.of("#0072b2", "#d55e00", "#009e73");
  private static final int WIDTH = 520;
  private static final int HEIGHT = 260;
  private static final int LEFT = 46;
  private static final int TOP = 14;

  void add(double batches, double accuracy) {
    points.add(new double[] {batches, accuracy});
  }

  /** All curves in one picture. */
  static String svg(Map<String, Curve> curves, String label) {
    double last =
        curves.values().stream()
            .mapToDouble(c -> c.points.get(c.points.size() - 1)[0])
            .max()
            .orElse(1);
    Svg svg = new Svg(LEFT + WIDTH + 150, TOP + HEIGHT + 44);
    for (int percent = 0; percent <= 100; percent += 25) {
      double y = TOP + HEIGHT * (1 - percent / 100.0);
      svg.line(LEFT, y, LEFT + WIDTH, y, "#ddd");
      svg.text(LEFT - 6, y + 4, percent + " %", "end");
    }
    for (int batches = 0; batches <= last; batches += 20) {
      svg.text(
          LEFT + WIDTH * batches / last, TOP + HEIGHT + 16, Integer.toString(batches), "middle");
    }
    svg.text(LEFT + WIDTH / 2.0, TOP + HEIGHT + 36, "forget batches", "middle");
    int k = 0;
    for (Map.Entry<String, Curve> curve : curves.entrySet()) {
      String colour = COLOURS.get(k);
      svg.path(curve.getValue().path(last), colour, 2);
      svg.line(LEFT + WIDTH + 10, TOP + 10 + 18 * k, LEFT + WIDTH + 26, TOP + 10 + 18 * k, colour);
      svg.text(LEFT + WIDTH + 30, TOP + 14 + 18 * k, curve.getKey(), "start");
      k++;
    }
    return svg.titled("Accuracy on held-out images of class " + label);
  }

  private String path(double last) {
    return points.stream()
        .map(
            p ->
                String.format(
                    Locale.ROOT,
                    "%.0f %.1f",
                    LEFT + WIDTH * p[0] / last,
                    TOP + HEIGHT * (1 - p[1] / 100)))
        .collect(Collectors.joining("L", "M", ""));
  }

  @Override
  public String toString() {
    return points.stream()
        .map(p -> String.format(Locale.ROOT, "%.0f:%.1f", p[0], p[1]))
        .collect(Collectors.joining(" "));
  }
}
