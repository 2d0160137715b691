package io.github.deepcut.bench.results;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** How far targets are from retrained models, by corpus and case: lines of {@link TargetErrors}. */
final class TargetsTable {
  private static final String SIBLINGS = "targets=siblings";

  private TargetsTable() {}

  /** A Markdown table: means over the requests of a case and the originals. */
  static String of(List<JsonNode> lines) {
    Map<String, List<JsonNode>> cases =
        lines.stream()
            .collect(
                Collectors.groupingBy(
                    l -> l.get("corpus").asText() + ", " + l.get("case").asText(),
                    LinkedHashMap::new,
                    Collectors.toList()));
    StringBuilder table = new StringBuilder();
    table.append(
        "| corpus, request | floor | siblings | x floor | error (floor) | unit | misfit |");
    table.append(
        " estimate | error | doing nothing |\n|---|--:|--:|--:|--:|---|--:|--:|--:|--:|\n");
    cases.forEach(
        (name, of) -> {
          double floor = mean(of, "floor", "distance");
          double siblings = mean(of, SIBLINGS, "distance");
          table.append(
              String.format(
                  Locale.ROOT,
                  "| %s | %.2f | %.2f | %.2f | %+.2f (%.2f) | %s | %.0f %% | %.2f | %+.2f | %.2f |%n",
                  name,
                  floor,
                  siblings,
                  siblings / floor,
                  mean(of, SIBLINGS, "error"),
                  mean(of, "floor", "error"),
                  of.get(0).path("unit").asText(),
                  of.stream()
                      .mapToDouble(l -> l.get("misfit_percent").asDouble())
                      .average()
                      .orElseThrow(),
                  mean(of, "targets=estimated", "distance"),
                  mean(of, "targets=estimated", "error"),
                  mean(of, "nothing", "distance")));
        });
    return table.toString();
  }

  private static double mean(List<JsonNode> lines, String targets, String what) {
    return lines.stream()
        .mapToDouble(l -> l.get(targets).get(what).asDouble())
        .average()
        .orElseThrow();
  }
}
