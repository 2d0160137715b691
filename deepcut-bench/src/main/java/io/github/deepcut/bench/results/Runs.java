package io.github.deepcut.bench.results;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * What there is of an encoder.
 *
 * @param targets lines of {@link TargetErrors}
 * @param tables of a corpus and case, by variant: lines of {@link RunVariants}
 */
record Runs(
    String encoder, List<JsonNode> targets, Map<String, Map<String, List<JsonNode>>> tables) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static Runs in(Path cache) throws IOException {
    Path encoder = cache.resolve("encoder");
    String name =
        Files.exists(encoder)
            ? encoder.toRealPath().getFileName().toString()
            : "Small encoder, from random weights";
    Map<String, Map<String, List<JsonNode>>> tables = new LinkedHashMap<>();
    for (Selection.Request r : new Selection(Set.of(), Set.of()).requests()) {
      tables.put(r.corpus().key() + ", " + r.what().key(), new LinkedHashMap<>());
    }
    for (JsonNode run : lines(cache, "runs")) {
      tables
          .get(run.get("corpus").asText() + ", " + run.get("case").asText())
          .computeIfAbsent(run.get("variant").asText(), v -> new ArrayList<>())
          .add(run);
    }
    tables.values().removeIf(Map::isEmpty);
    return new Runs(name, lines(cache, "targets"), tables);
  }

  /** Those of all files that begin so. */
  private static List<JsonNode> lines(Path cache, String name) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    try (var files = Files.newDirectoryStream(cache, name + "*.jsonl")) {
      for (Path file : StreamSupport.stream(files.spliterator(), false).sorted().toList()) {
        for (String line : Files.readAllLines(file)) {
          lines.add(JSON.readTree(line));
        }
      }
    }
    return lines;
  }
}
