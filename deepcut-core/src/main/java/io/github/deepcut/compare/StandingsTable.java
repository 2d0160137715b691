package io.github.deepcut.compare;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.report.Csv;
import io.github.deepcut.report.Numbers;
import io.github.deepcut.run.Printable;
import io.github.deepcut.stats.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Standings for people (aligned columns, Markdown), for spreadsheets (CSV) and as JSON. */
public record StandingsTable(Standings standings) {
  /** From this p on, a difference counts as none. */
  private static final double SIGNIFICANT = 0.05;

  private static final String NONE = "\u2013";

  /** Aligned columns; below them why a method has no figures, or how it ruined the model. */
  public String plain() {
    List<List<String>> lines = new ArrayList<>(List.of(header()));
    rows().forEach(s -> lines.add(cells(s)));
    int[] widths =
        IntStream.range(0, lines.get(0).size())
            .map(c -> lines.stream().mapToInt(line -> line.get(c).length()).max().orElse(0))
            .toArray();
    String table =
        lines.stream().map(line -> aligned(line, widths) + "\n").collect(Collectors.joining());
    return table + failures();
  }

  /** GitHub-flavoured Markdown. */
  public String markdown() {
    String rule = "|---" + "|--:".repeat(header().size() - 2) + "|---|\n";
    return piped(header())
        + rule
        + rows().map(s -> piped(cells(s))).collect(Collectors.joining())
        + (failures().isEmpty() ? "" : "\n" + failures());
  }

  /** A line for each method, unrounded, nothing where there is no figure. */
  public String csv() {
    StringBuilder out = new StringBuilder("method,average_gap,low,high,p_value,seconds,faster");
    metrics().forEach(m -> out.append(',').append(m).append("_gap"));
    out.append(",settings,failed,collapsed\n");
    rows()
        .forEach(
            s -> {
              List<String> cells = new ArrayList<>(List.of(s.method(), number(s.averageGap())));
              cells.add(s.interval().map(i -> Double.toString(i.low())).orElse(""));
              cells.add(s.interval().map(i -> Double.toString(i.high())).orElse(""));
              cells.add(number(s.pValue()));
              cells.add(s.seconds() == null ? "" : s.seconds().toString());
              cells.add(s.timesFaster() == null ? "" : s.timesFaster().toString());
              metrics().forEach(m -> cells.add(text(s.gaps().get(m))));
              cells.add(settings(s));
              cells.add(s.failed() == null ? "" : s.failed());
              cells.add(s.collapsed() == null ? "" : s.collapsed());
              out.append(cells.stream().map(Csv::quoted).collect(Collectors.joining(",")))
                  .append('\n');
            });
    return out.toString();
  }

  /** The standings under {@code table}, in order, and every run under {@code runs}. */
  public ObjectNode json(ObjectMapper mapper) {
    ObjectNode out = mapper.createObjectNode().put("command", "compare");
    ArrayNode table = out.putArray("table");
    rows().forEach(s -> write(s, table.addObject()));
    out.putArray("runs").addAll(standings.runs());
    return out;
  }

  private void write(Standing s, ObjectNode to) {
    to.put("method", s.method());
    to.put("average_gap", Numbers.orNull(s.averageGap()));
    to.put("low", s.interval().map(Interval::low).orElse(null));
    to.put("high", s.interval().map(Interval::high).orElse(null));
    to.put("p_value", Numbers.orNull(s.pValue()));
    to.put("seconds", s.seconds()).put("times_faster", s.timesFaster());
    ObjectNode gaps = to.putObject("gaps");
    s.gaps().forEach(gaps::put);
    ObjectNode settings = to.putObject("settings");
    s.settings().forEach(settings::put);
    to.put("failed", s.failed()).put("collapsed", s.collapsed());
  }

  private Stream<Standing> rows() {
    return Stream.concat(standings.methods().stream(), standings.bounds().stream());
  }

  private List<String> metrics() {
    return rows().flatMap(s -> s.gaps().keySet().stream()).distinct().toList();
  }

  private List<String> header() {
    List<String> out = new ArrayList<>(List.of("method", "average gap", "95 % interval"));
    out.addAll(metrics());
    out.addAll(List.of("seconds", "faster", ""));
    return out;
  }

  private List<String> cells(Standing s) {
    List<String> out = new ArrayList<>(List.of(s.method()));
    out.add(s.averageGap().isPresent() ? fixed(2, s.averageGap().getAsDouble()) : NONE);
    out.add(
        s.interval()
            .map(i -> "[" + fixed(2, i.low()) + ", " + fixed(2, i.high()) + "]")
            .orElse(NONE));
    metrics().forEach(m -> out.add(s.gaps().containsKey(m) ? fixed(2, s.gaps().get(m)) : NONE));
    out.add(s.seconds() == null ? NONE : fixed(1, s.seconds()));
    out.add(s.timesFaster() == null ? NONE : fixed(1, s.timesFaster()) + "x");
    out.add(note(s));
    return out;
  }

  private String note(Standing s) {
    if (s.failed() != null) {
      return "failed";
    }
    if (s.collapsed() != null) {
      return "collapsed";
    }
    if (s.equals(standings.methods().get(0))) {
      return "best";
    }
    return s.pValue().isPresent() && s.pValue().getAsDouble() >= SIGNIFICANT
        ? String.format(Locale.ROOT, "not significantly worse (p %.2f)", s.pValue().getAsDouble())
        : "";
  }

  private String failures() {
    return standings.methods().stream()
        .filter(s -> s.failed() != null || s.collapsed() != null)
        .map(
            s ->
                s.method()
                    + ": "
                    + Printable.line(s.failed() != null ? s.failed() : s.collapsed())
                    + "\n")
        .collect(Collectors.joining());
  }

  private static String settings(Standing s) {
    return s.settings().entrySet().stream()
        .map(e -> e.getKey() + "=" + e.getValue())
        .collect(Collectors.joining(" "));
  }

  private static String aligned(List<String> line, int[] widths) {
    int last = widths.length - 1;
    return IntStream.rangeClosed(0, last)
        .mapToObj(
            c -> {
              String pad = " ".repeat(widths[c] - line.get(c).length());
              return c == 0 || c == last ? line.get(c) + pad : pad + line.get(c);
            })
        .collect(Collectors.joining("  "))
        .stripTrailing();
  }

  private static String piped(List<String> line) {
    return line.stream()
        .map(cell -> cell.replace("|", "\\|"))
        .collect(Collectors.joining(" | ", "| ", " |\n"));
  }

  private static String fixed(int digits, double value) {
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }

  private static String number(OptionalDouble value) {
    return value.isPresent() ? Double.toString(value.getAsDouble()) : "";
  }

  private static String text(Double value) {
    return value == null ? "" : value.toString();
  }
}
