package io.github.deepcut.bench.results;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/** Writes docs/results.md from the JSON lines of {@link RunVariants} and {@link TargetErrors}. */
public final class ResultsTable {
  private ResultsTable() {}

  /** {@code HEAD OUT CACHE…}: the text above the tables, the page to write, a cache an encoder. */
  public static void main(String[] args) throws IOException {
    StringBuilder page = new StringBuilder(Files.readString(Path.of(args[0])));
    List<Runs> all = new ArrayList<>();
    for (String cache : Arrays.asList(args).subList(2, args.length)) {
      all.add(Runs.in(Path.of(cache)));
    }
    for (Runs runs : all) {
      page.append("\n## ").append(runs.encoder()).append(": targets\n\n");
      page.append(TargetsTable.of(runs.targets()));
      summary(runs.encoder() + ": by request", runs.tables(), Mean::byRequest, page);
      summary(runs.encoder() + ": by run", runs.tables(), Mean::byRun, page);
    }
    all.forEach(
        runs ->
            runs.tables()
                .forEach((name, variants) -> table(runs.encoder() + ": " + name, variants, page)));
    Files.writeString(Path.of(args[1]), page);
  }

  /** The defaults on every dataset, one line each. */
  private static void summary(
      String title,
      Map<String, Map<String, List<JsonNode>>> tables,
      Function<List<JsonNode>, List<Mean>> means,
      StringBuilder page) {
    page.append("\n## ").append(title).append("\n\n");
    page.append(
        "| dataset, request | | forget gap [signed] (floor, ceiling) | test gap | AUC gap |"
            + " loss distance | times faster |\n|---|---|---|---|---|---|---|\n");
    tables.forEach(
        (name, variants) -> {
          List<JsonNode> runs = variants.get("default");
          if (runs != null) {
            List<Mean> all = means.apply(runs);
            page.append("| ").append(name).append(" | ").append(all.size());
            for (String metric : List.of("forget_", "test_", "attack_auc")) {
              page.append(
                  String.format(
                      Locale.ROOT,
                      " | **%.1f** [%+.1f] (%.1f, %.1f)",
                      mean(all, m -> m.gap(metric)),
                      mean(all, m -> m.off(metric, "unlearned")),
                      mean(all, m -> m.floor(metric)),
                      mean(all, m -> m.ceiling(metric))));
            }
            String metric = "loss_distance";
            page.append(
                String.format(
                    Locale.ROOT,
                    " | **%.2f** (%.2f, %.2f) | %.0f |%n",
                    mean(all, m -> m.gap(metric)),
                    mean(all, m -> m.floor(metric)),
                    mean(all, m -> m.ceiling(metric)),
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
    List<Mean> all = Mean.byRequest(some);
    page.append("| original (gap: ceiling)");
    metrics.forEach(
        m -> page.append(cell(mean(some, r -> field(r, m, "original")), all, x -> x.ceiling(m))));
    distances(some, "original", page);
    page.append(" | |\n| retrained (gap: floor)");
    metrics.forEach(m -> page.append(cell(mean(some, r -> retrained(r, m)), all, x -> x.floor(m))));
    page.append(
        String.format(
            Locale.ROOT,
            " | %.2f | %.3f | 1 |%n",
            mean(all, x -> x.floor("loss_distance")),
            mean(all, x -> x.floor("js_divergence"))));
    variants.forEach(
        (variant, runs) -> {
          List<Mean> means = Mean.byRequest(runs);
          page.append("| `").append(variant).append('`');
          metrics.forEach(
              m ->
                  page.append(
                      cell(mean(runs, r -> field(r, m, "unlearned")), means, x -> x.gap(m))));
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

  /** A value and the mean and standard deviation of its gap. */
  private static String cell(double value, List<Mean> means, ToDoubleFunction<Mean> gap) {
    double mean = mean(means, gap);
    double square = mean(means, m -> Math.pow(gap.applyAsDouble(m) - mean, 2));
    double sd = Math.sqrt(square * means.size() / Math.max(1, means.size() - 1));
    return String.format(Locale.ROOT, " | %.1f (%.1f ± %.1f)", value, mean, sd);
  }

  /**
   * The mean of some runs, held against the mean of the retrained models.
   *
   * @param runs all of one request, so with the same retrained models
   */
  private record Mean(List<JsonNode> runs) {

    static List<Mean> byRequest(List<JsonNode> runs) {
      return runs.stream()
          .collect(
              Collectors.groupingBy(
                  r -> r.get("request").asLong(), TreeMap::new, Collectors.toList()))
          .values()
          .stream()
          .map(Mean::new)
          .toList();
    }

    static List<Mean> byRun(List<JsonNode> runs) {
      return runs.stream().map(r -> new Mean(List.of(r))).toList();
    }

    /** A field less that of the retrained models. */
    double off(String metric, String field) {
      return mean(runs, r -> field(r, metric, field)) - retrained(runs.get(0), metric);
    }

    /** |unlearned - retrained|; for distances the mean over all pairs. */
    double gap(String metric) {
      return gap(metric, "unlearned");
    }

    double ceiling(String metric) {
      return gap(metric, "original");
    }

    private double gap(String metric, String field) {
      return distance(metric)
          ? mean(runs, r -> toAll(r, metric, field))
          : Math.abs(off(metric, field));
    }

    /**
     * What the mean of as many retrained models would have in its place. For one model its gap to
     * the mean of the others, averaged; for several that between two halves, averaged over all ways
     * to halve them, over √2, because they are half as many; of distances that between two.
     */
    double floor(String metric) {
      if (distance(metric)) {
        return mean(runs, r -> toAll(r, metric, "floor"));
      }
      double[] each = each(runs.get(0), metric, "retrained").toArray();
      int size = runs.size() == 1 ? 1 : each.length / 2;
      double sum = Arrays.stream(each).sum();
      double gap =
          IntStream.range(1, 1 << each.length)
              .filter(some -> Integer.bitCount(some) == size)
              .mapToDouble(
                  some -> {
                    double part = part(each, some);
                    return Math.abs(part / size - (sum - part) / (each.length - size));
                  })
              .average()
              .orElseThrow();
      return runs.size() == 1 ? gap : gap / Math.sqrt(2);
    }

    /** The sum of the numbers whose bit is set. */
    private static double part(double[] numbers, int bits) {
      return IntStream.range(0, numbers.length)
          .filter(i -> (bits >> i & 1) == 1)
          .mapToDouble(i -> numbers[i])
          .sum();
    }
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

  private static <T> double mean(List<T> some, ToDoubleFunction<T> value) {
    return some.stream().mapToDouble(value).average().orElseThrow();
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
