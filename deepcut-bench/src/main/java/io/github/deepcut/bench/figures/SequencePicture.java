package io.github.deepcut.bench.figures;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Ten people who are forgotten one after the other: how far all who are gone are from retraining
 * after each, a line a sequence; in grey, how far retrained models are from each other.
 */
public final class SequencePicture {
  private static final int WIDTH = 230;
  private static final int HEIGHT = 180;
  private static final int TOP = 30;
  private static final int LEFT = 46;
  private static final int APART = 66;
  private static final List<String> COLOURS = List.of("#0072b2", "#d55e00", "#009e73");

  /** A quantity of the lines, and the axis it is drawn on. */
  private record Panel(String key, String title, double least, double most, double step) {
    double y(double value) {
      return TOP + HEIGHT * (most - value) / (most - least);
    }
  }

  private static final List<Panel> PANELS =
      List.of(
          new Panel("test_f1", "test F1, %", 84, 88, 1),
          new Panel("mean_auc_gap", "AUC less retraining's, points", -6, 6, 2),
          new Panel("loss_distance", "distance of log losses", 0, 1, .25));

  private SequencePicture() {}

  /** {@code LINES FILE}: from the lines of {@code SequentialRequests} to an SVG. */
  public static void main(String[] args) throws IOException {
    ObjectMapper json = new ObjectMapper();
    List<JsonNode> retrained = new ArrayList<>();
    Map<Integer, List<JsonNode>> sequences = new TreeMap<>();
    for (String line : Files.readAllLines(Path.of(args[0]))) {
      JsonNode node = json.readTree(line);
      if (node.has("retrained")) {
        retrained.add(node);
      } else {
        sequences.computeIfAbsent(node.get("sequence").asInt(), s -> new ArrayList<>()).add(node);
      }
    }
    Files.writeString(Path.of(args[1]), svg(retrained, List.copyOf(sequences.values())));
  }

  private static String svg(List<JsonNode> retrained, List<List<JsonNode>> sequences) {
    Svg svg = new Svg(LEFT + PANELS.size() * (WIDTH + APART), TOP + HEIGHT + 44);
    double left = LEFT;
    for (Panel panel : PANELS) {
      axes(svg, panel, left, sequences.get(0).size());
      for (JsonNode model : retrained) {
        double y = panel.y(model.get(panel.key).asDouble());
        svg.path(String.format(Locale.ROOT, "M%.0f %.1fh%d", left, y, WIDTH), "#999", 1);
      }
      for (int s = 0; s < sequences.size(); s++) {
        svg.path(path(sequences.get(s), panel, left), COLOURS.get(s), 2);
      }
      left += WIDTH + APART;
    }
    return svg.titled("Ten requests, one after the other; grey: models retrained without the ten");
  }

  private static void axes(Svg svg, Panel panel, double left, int requests) {
    svg.text(left + WIDTH / 2.0, TOP - 12, panel.title, "middle");
    for (double v = panel.least; v <= panel.most + 1e-9; v += panel.step) {
      svg.line(left, panel.y(v), left + WIDTH, panel.y(v), "#ddd");
      svg.text(left - 6, panel.y(v) + 4, String.format(Locale.ROOT, "%.3g", v), "end");
    }
    for (int request = 1; request <= requests; request++) {
      svg.text(x(left, request, requests), TOP + HEIGHT + 16, "" + request, "middle");
    }
    svg.text(left + WIDTH / 2.0, TOP + HEIGHT + 36, "requests", "middle");
  }

  private static double x(double left, int request, int requests) {
    return left + WIDTH * (request - 0.5) / requests;
  }

  private static String path(List<JsonNode> sequence, Panel panel, double left) {
    return sequence.stream()
        .map(
            line ->
                String.format(
                    Locale.ROOT,
                    "%.0f %.1f",
                    x(left, line.get("forgotten").asInt(), sequence.size()),
                    panel.y(line.get(panel.key).asDouble())))
        .collect(Collectors.joining("L", "M", ""));
  }
}
