package io.github.deepcut.bench.results;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.StreamSupport;

/** Writes docs/results.md from the JSON lines of {@link RunVariants}. */
public final class ResultsTable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ResultsTable() {}

  /** {@code HEAD OUT FILE…}: the text above the tables, the page to write, the runs. */
  public static void main(String[] args) throws IOException {
    Map<String, Map<String, List<JsonNode>>> tables = new LinkedHashMap<>();
    for (Case c : Case.values()) {
      for (Corpus corpus : Corpus.values()) {
        tables.put(corpus.key() + ", " + c.key(), new LinkedHashMap<>());
      }
    }
    for (int i = 2; i < args.length; i++) {
      for (String line : Files.readAllLines(Path.of(args[i]))) {
        JsonNode run = JSON.readTree(line);
        tables
            .get(run.get("corpus").asText() + ", " + run.get("case").asText())
            .computeIfAbsent(run.get("variant").asText(), v -> new ArrayList<>())
            .add(run);
      }
    }
    StringBuilder page = new StringBuilder(Files.readString(Path.of(args[0])));
    summary(tables, page);
    tables.forEach(
        (name, runs) -> {
          if (!runs.isEmpty()) {
            table(name, runs, page);
          }
        });
    Files.writeString(Path.of(args[1]), page);
  }

  /** The defaults on every dataset, one line each. */
  private static void summary(Map<String, Map<String, List<JsonNode>>> tables, StringBuilder page) {
    page.append("\n## The defaults, all datasets\n\n")
        .append(
            "| dataset, request | seeds | forget gap [of the means] (floor, ceiling) | test gap | AUC"
                + " gap | loss distance | times faster |\n|---|---|---|---|---|---|---|\n");
    tables.forEach(
        (name, variants) -> {
          List<JsonNode> runs = variants.get("default");
          if (runs != null) {
            page.append("| ").append(name).append(" | ").append(runs.size());
            for (String metric : List.of("forget_", "test_", "attack_auc")) {
              double ofMeans =
                  mean(runs, r -> field(r, metric, "unlearned"))
                      - mean(runs, r -> retrained(r, metric));
              page.append(
                  String.format(
                      Locale.ROOT,
                      " | **%.1f** [%+.1f] (%.1f, %.1f)",
                      mean(runs, r -> gap(r, metric)),
                      ofMeans,
                      mean(runs, r -> floor(r, metric)),
                      mean(runs, r -> ceiling(r, metric))));
            }
            String metric = "loss_distance";
            page.append(
                String.format(
                    Locale.ROOT,
                    " | **%.2f** (%.2f, %.2f) | %.0f |%n",
                    mean(runs, r -> gap(r, metric)),
                    mean(runs, r -> floor(r, metric)),
                    mean(runs, r -> ceiling(r, metric)),
                    median(runs)));
          }
        });
  }

  private static void table(String name, Map<String, List<JsonNode>> variants, StringBuilder page) {
    List<JsonNode> some = variants.values().iterator().next();
    JsonNode counts = some.get(0).get("examples");
    page.append("\n## ").append(name).append("\n\n");
    page.append(
        String.format(
            "%s forgotten, %s retained, %s held out, %s test examples.%n%n",
            counts.get("forget"), counts.get("retain"), counts.get("holdout"), counts.get("test")));
    page.append("| | forget | retain | test | attack AUC | loss distance | JS | times faster |\n");
    page.append("|---|---|---|---|---|---|---|---|\n");
    List<String> metrics = List.of("forget_", "retain_", "test_", "attack_auc");
    page.append("| original (gap: ceiling)");
    metrics.forEach(
        m -> page.append(cell(mean(some, r -> field(r, m, "original")), some, r -> ceiling(r, m))));
    distances(some, "original", page);
    page.append(" | |\n| retrained (gap: floor)");
    metrics.forEach(
        m -> page.append(cell(mean(some, r -> retrained(r, m)), some, r -> floor(r, m))));
    page.append(
        String.format(
            Locale.ROOT,
            " | %.2f | %.3f | 1 |%n",
            mean(some, r -> floor(r, "loss_distance")),
            mean(some, r -> floor(r, "js_divergence"))));
    variants.forEach(
        (variant, runs) -> {
          page.append("| `").append(variant).append('`');
          metrics.forEach(
              m ->
                  page.append(
                      cell(mean(runs, r -> field(r, m, "unlearned")), runs, r -> gap(r, m))));
          distances(runs, "unlearned", page);
          page.append(String.format(Locale.ROOT, " | %.0f |%n", median(runs)));
        });
  }

  private static void distances(List<JsonNode> runs, String which, StringBuilder page) {
    page.append(
        String.format(
            Locale.ROOT,
            " | %.2f | %.3f",
            mean(runs, r -> toAll(r, "loss_distance", which)),
            mean(runs, r -> toAll(r, "js_divergence", which))));
  }

  /** A value and the mean and standard deviation over seeds of its gap. */
  private static String cell(double value, List<JsonNode> runs, ToDoubleFunction<JsonNode> gap) {
    double mean = mean(runs, gap);
    double square = mean(runs, r -> Math.pow(gap.applyAsDouble(r) - mean, 2));
    double sd = Math.sqrt(square * runs.size() / Math.max(1, runs.size() - 1));
    return String.format(Locale.ROOT, " | %.1f (%.1f ± %.1f)", value, mean, sd);
  }

  /** |unlearned - mean of the retrained models|; for distances the mean to all of them. */
  private static double gap(JsonNode run, String metric) {
    return distance(metric)
        ? toAll(run, metric, "unlearned")
        : Math.abs(field(run, metric, "unlearned") - retrained(run, metric));
  }

  private static double ceiling(JsonNode run, String metric) {
    return distance(metric)
        ? toAll(run, metric, "original")
        : Math.abs(field(run, metric, "original") - retrained(run, metric));
  }

  /** The mean gap of a retrained model to the mean of the others; of distances that between two. */
  private static double floor(JsonNode run, String metric) {
    if (distance(metric)) {
      return toAll(run, metric, "floor");
    }
    double[] each = each(run, metric, "retrained").toArray();
    double sum = Arrays.stream(each).sum();
    return Arrays.stream(each)
        .map(r -> Math.abs(r - (sum - r) / (each.length - 1)))
        .average()
        .orElseThrow();
  }

  private static boolean distance(String metric) {
    return metric.startsWith("loss") || metric.startsWith("js");
  }

  private static double retrained(JsonNode run, String metric) {
    return toAll(run, metric, "retrained");
  }

  /** The mean of a field over the retrained models that a run is held against. */
  private static double toAll(JsonNode run, String metric, String name) {
    return each(run, metric, name).average().orElseThrow();
  }

  private static DoubleStream each(JsonNode run, String metric, String name) {
    return StreamSupport.stream(run.get("metrics_to_each").spliterator(), false)
        .mapToDouble(to -> of(to, metric).get(name).asDouble());
  }

  private static double field(JsonNode run, String metric, String name) {
    return of(run.get("metrics"), metric).get(name).asDouble();
  }

  private static JsonNode of(JsonNode metrics, String prefix) {
    return metrics.properties().stream()
        .filter(e -> e.getKey().startsWith(prefix))
        .findFirst()
        .orElseThrow()
        .getValue();
  }

  private static double mean(List<JsonNode> runs, ToDoubleFunction<JsonNode> value) {
    return runs.stream().mapToDouble(value).average().orElseThrow();
  }

  private static double median(List<JsonNode> runs) {
    double[] times =
        runs.stream()
            .mapToDouble(
                r ->
                    r.get("seconds").get("retrain").asDouble()
                        / r.get("seconds").get("unlearn").asDouble())
            .sorted()
            .toArray();
    return times[times.length / 2];
  }
}
