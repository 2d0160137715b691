package io.github.deepcut.app.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.Methods;
import io.github.deepcut.data.Task;
import io.github.deepcut.stop.Stops;
import io.github.deepcut.unlearn.About;
import io.github.deepcut.unlearn.MethodSettings.Described;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code deepcut methods}. */
@Command(
    name = "methods",
    description = "Lists the unlearning methods, or the settings of one with their defaults.")
final class MethodsCommand extends AbstractCommand {
  @Parameters(arity = "0..1", paramLabel = "NAME", description = "A method.")
  private String name;

  @Override
  Answer answer() {
    List<String> names = name == null ? Methods.names() : List.of(name);
    ObjectNode json = Answer.MAPPER.createObjectNode().put("command", "methods");
    ObjectNode methods = json.putObject("methods");
    for (String method : names) {
      ObjectNode one = methods.putObject(method);
      Optional<About> about = Methods.about(method);
      one.put("what", about.map(About::what).orElse(""));
      one.put("source", about.map(About::source).orElse(""));
      ObjectNode settings = one.putObject("settings");
      columns(method).forEach((key, values) -> values.forEach(settings.putObject(key)::put));
      ObjectNode described = one.putObject("described");
      Methods.described(method)
          .forEach(
              (key, is) ->
                  described.putObject(key).put("range", is.range()).put("what", is.what()));
    }
    ObjectNode stops = json.putObject("stop_rules");
    Stops.found().values().forEach(rule -> stops.put(rule.name(), rule.what()));
    return Answer.done(json, name == null ? list(names) : settings(name));
  }

  private static List<String> list(List<String> names) {
    List<List<String>> rows = new ArrayList<>();
    for (String method : names) {
      rows.add(List.of(method, Methods.about(method).map(MethodsCommand::line).orElse("")));
    }
    return aligned(rows);
  }

  private static String line(About about) {
    return about.what() + (about.source().isEmpty() ? "" : " (" + about.source() + ")");
  }

  /** The defaults of a method by kind of request, in the order of the tasks. */
  private static Map<String, Map<String, String>> columns(String method) {
    Map<String, Map<String, String>> columns = new LinkedHashMap<>();
    for (Task task : Task.values()) {
      Map<String, String> samples = Methods.settings(method, task);
      columns.put(task.key(), samples);
      Map<String, String> ofClass = Methods.settings(method, task, true);
      if (!ofClass.equals(samples)) {
        columns.put(task.key() + "_class", ofClass);
      }
    }
    return columns;
  }

  private static List<String> settings(String method) {
    Map<String, Map<String, String>> columns = columns(method);
    List<List<String>> rows = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of("--set"));
    head.addAll(columns.keySet());
    head.addAll(List.of("range", ""));
    rows.add(head);
    Map<String, Described> described = Methods.described(method);
    for (String key : columns.values().iterator().next().keySet()) {
      List<String> row = new ArrayList<>(List.of(key));
      columns.values().forEach(values -> row.add(values.get(key)));
      row.add(described.get(key).range());
      row.add(described.get(key).what());
      rows.add(row);
    }
    List<String> lines = new ArrayList<>(list(List.of(method)));
    lines.addAll(aligned(rows));
    Stops.found().values().forEach(s -> lines.add("stop=%s: %s".formatted(s.name(), s.what())));
    return lines;
  }

  /** Columns, a line each, all but the last filled up with blanks. */
  private static List<String> aligned(List<List<String>> rows) {
    int[] widths =
        IntStream.range(0, rows.get(0).size())
            .map(c -> rows.stream().mapToInt(row -> row.get(c).length()).max().orElse(0))
            .toArray();
    return rows.stream()
        .map(
            row ->
                IntStream.range(0, widths.length)
                    .mapToObj(c -> row.get(c) + " ".repeat(widths[c] - row.get(c).length()))
                    .collect(Collectors.joining("  "))
                    .stripTrailing())
        .toList();
  }
}
