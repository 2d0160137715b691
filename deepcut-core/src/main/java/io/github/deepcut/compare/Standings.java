package io.github.deepcut.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.stats.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * The methods of a comparison, the least average gap first; those that failed last.
 *
 * @param methods in order
 * @param bounds doing nothing, and another retrained model
 * @param runs the report of each run, as JSON
 */
public record Standings(List<Standing> methods, List<Standing> bounds, List<ObjectNode> runs) {
  /** The row of the original model. */
  static final String NOTHING = "(doing nothing)";

  /** The row of the retrained models against each other. */
  static final String FLOOR = "(retrained, another seed)";

  private static final double LEVEL = 0.95;

  static Standings of(List<ObjectNode> runs, List<ObjectNode> bounds) {
    Map<String, List<ObjectNode>> byMethod = byMethod(runs);
    List<Standing> standings = new ArrayList<>();
    byMethod.forEach((method, of) -> standings.add(standing(method, of)));
    standings.sort(
        Comparator.comparingDouble(s -> s.averageGap().orElse(Double.POSITIVE_INFINITY)));
    double[] best = gaps(byMethod.get(standings.get(0).method()));
    List<Standing> tested = new ArrayList<>(standings.subList(0, 1));
    for (Standing s : standings.subList(1, standings.size())) {
      tested.add(s.withP(pairedP(gaps(byMethod.get(s.method())), best)));
    }
    List<Standing> edges = new ArrayList<>();
    byMethod(bounds).forEach((name, of) -> edges.add(standing(name, of)));
    return new Standings(tested, edges, runs);
  }

  private static Map<String, List<ObjectNode>> byMethod(List<ObjectNode> runs) {
    Map<String, List<ObjectNode>> out = new LinkedHashMap<>();
    runs.forEach(r -> out.computeIfAbsent(r.get("method").asText(), m -> new ArrayList<>()).add(r));
    return out;
  }

  private static Standing standing(String method, List<ObjectNode> runs) {
    Map<String, String> settings = new LinkedHashMap<>();
    runs.get(0)
        .path("settings")
        .properties()
        .forEach(e -> settings.put(e.getKey(), e.getValue().asText()));
    Optional<String> failed = first(runs, "failed");
    if (failed.isPresent()) {
      return new Standing(
          method,
          settings,
          Map.of(),
          OptionalDouble.empty(),
          Optional.empty(),
          OptionalDouble.empty(),
          null,
          null,
          failed.get(),
          null);
    }
    double[] gaps = gaps(runs);
    Double seconds = median(runs, "unlearn");
    Double retrain = median(runs, "retrain");
    return new Standing(
        method,
        settings,
        meanGaps(runs),
        Arrays.stream(gaps).average(),
        interval(gaps),
        OptionalDouble.empty(),
        seconds,
        seconds == null || retrain == null ? null : retrain / Math.max(seconds, 1e-3),
        null,
        first(runs, "collapsed").orElse(null));
  }

  /** The text of that name in the first run that has one. */
  private static Optional<String> first(List<ObjectNode> runs, String name) {
    return runs.stream().filter(r -> r.hasNonNull(name)).map(r -> r.get(name).asText()).findFirst();
  }

  /** The average gap of each seed; NaN where it is undefined. */
  private static double[] gaps(List<ObjectNode> runs) {
    return runs.stream().mapToDouble(r -> r.path("average_gap").asDouble(Double.NaN)).toArray();
  }

  private static Map<String, Double> meanGaps(List<ObjectNode> runs) {
    Map<String, List<Double>> all = new LinkedHashMap<>();
    for (JsonNode run : runs) {
      run.path("metrics")
          .properties()
          .forEach(
              m -> {
                if (m.getValue().path("gap").isNumber()) {
                  all.computeIfAbsent(m.getKey(), k -> new ArrayList<>())
                      .add(m.getValue().get("gap").asDouble());
                }
              });
    }
    Map<String, Double> out = new LinkedHashMap<>();
    all.forEach(
        (name, gaps) ->
            out.put(name, gaps.stream().mapToDouble(g -> g).average().orElse(Double.NaN)));
    return out;
  }

  private static Double median(List<ObjectNode> runs, String what) {
    double[] sorted =
        runs.stream()
            .map(r -> r.path("seconds").path(what))
            .filter(JsonNode::isNumber)
            .mapToDouble(JsonNode::asDouble)
            .sorted()
            .toArray();
    int n = sorted.length;
    return n == 0 ? null : (Double) ((sorted[(n - 1) / 2] + sorted[n / 2]) / 2);
  }

  /** mean ± t·s/√n, at least 0. */
  static Optional<Interval> interval(double[] gaps) {
    if (gaps.length < 2) {
      return Optional.empty();
    }
    double mean = mean(gaps);
    double half =
        TDistribution.of(gaps.length - 1.0).inverseCumulativeProbability((1 + LEVEL) / 2)
            * standardError(gaps);
    return Optional.of(new Interval(Math.max(0, mean - half), mean + half));
  }

  /** Two-sided p of Student's paired t-test. */
  static OptionalDouble pairedP(double[] a, double[] b) {
    if (a.length < 2 || a.length != b.length) {
      return OptionalDouble.empty();
    }
    double[] d = new double[a.length];
    Arrays.setAll(d, i -> a[i] - b[i]);
    double error = standardError(d);
    if (Double.isNaN(error)) {
      return OptionalDouble.empty(); // one of them failed
    }
    if (error == 0) {
      return OptionalDouble.of(mean(d) == 0 ? 1 : 0);
    }
    double t = Math.abs(mean(d)) / error;
    return OptionalDouble.of(2 * TDistribution.of(d.length - 1.0).survivalProbability(t));
  }

  private static double standardError(double[] x) {
    double mean = mean(x);
    double sum = Arrays.stream(x).map(v -> (v - mean) * (v - mean)).sum();
    return Math.sqrt(sum / (x.length - 1) / x.length);
  }

  private static double mean(double[] x) {
    return Arrays.stream(x).average().orElse(Double.NaN);
  }
}
