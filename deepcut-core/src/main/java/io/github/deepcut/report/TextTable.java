package io.github.deepcut.report;

import io.github.deepcut.stats.Interval;
import io.github.deepcut.stats.Value;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Rows as a table for people: rates in percent with one decimal, nats and log ratios with three, an
 * en dash for what is undefined or was not measured.
 */
public final class TextTable {
  private static final List<String> HEADER =
      List.of("metric", "original", "unlearned", "retrained", "gap", "n", "95 % interval");
  private static final String NONE = "\u2013";

  private TextTable() {}

  /** Aligned columns, a line each, names to the left and numbers to the right. */
  public static String plain(List<Row> rows) {
    List<List<String>> lines =
        Stream.concat(Stream.of(HEADER), rows.stream().map(TextTable::cells)).toList();
    int[] widths =
        IntStream.range(0, HEADER.size())
            .map(c -> lines.stream().mapToInt(line -> width(line.get(c))).max().orElse(0))
            .toArray();
    String rule = IntStream.of(widths).mapToObj("-"::repeat).collect(Collectors.joining("-+-"));
    String body =
        lines.stream().skip(1).map(l -> aligned(l, widths) + "\n").collect(Collectors.joining());
    return aligned(HEADER, widths) + "\n" + rule + "\n" + body;
  }

  /** A GitHub-flavoured Markdown table. */
  public static String markdown(List<Row> rows) {
    String rule = "|---" + "|--:".repeat(HEADER.size() - 1) + "|\n";
    return piped(HEADER)
        + rule
        + rows.stream().map(r -> piped(cells(r))).collect(Collectors.joining());
  }

  private static List<String> cells(Row row) {
    Unit unit = row.metric().unit();
    return List.of(
        row.metric().name(),
        cell(unit, Row.number(row.original())),
        cell(unit, row.unlearned().number()),
        cell(unit, Row.number(row.retrained())),
        cell(unit, row.gap()),
        Long.toString(row.unlearned().n()),
        interval(unit, row.unlearned()));
  }

  private static String cell(Unit unit, OptionalDouble value) {
    return value.isPresent() ? unit.format(value.getAsDouble()) : NONE;
  }

  private static String interval(Unit unit, Value value) {
    return value.interval().map(i -> interval(unit, i)).orElse(NONE);
  }

  private static String interval(Unit unit, Interval i) {
    return "[" + unit.format(i.low()) + ", " + unit.format(i.high()) + "]";
  }

  private static String aligned(List<String> line, int[] widths) {
    return IntStream.range(0, widths.length)
        .mapToObj(
            c -> {
              String pad = " ".repeat(widths[c] - width(line.get(c)));
              return c == 0 ? line.get(c) + pad : pad + line.get(c);
            })
        .collect(Collectors.joining(" | "));
  }

  private static String piped(List<String> line) {
    return line.stream()
        .map(cell -> cell.replace("|", "\\|"))
        .collect(Collectors.joining(" | ", "| ", " |\n"));
  }

  /** Code points, so that one outside the basic plane counts once. */
  private static int width(String text) {
    return text.codePointCount(0, text.length());
  }
}
