package io.github.deepcut.report;

import java.util.Collection;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Comma-separated values after RFC 4180: lines end in CR LF, a cell with a comma, quote or line
 * break is quoted. A text that a spreadsheet would run as a formula (it begins with {@code = +
 * - @}, a tab or a CR) gets an apostrophe before it. Null is an empty cell.
 */
public final class Csv {
  private static final String FORMULA = "=+-@\t\r";

  private final StringBuilder out = new StringBuilder();

  Csv(String... header) {
    line((Object[]) header);
  }

  /** Adds a line of numbers, texts and nulls. */
  Csv line(Object... cells) {
    out.append(Stream.of(cells).map(Csv::cell).collect(Collectors.joining(","))).append("\r\n");
    return this;
  }

  /** Adds a line of cells for each value. */
  <T> Csv lines(Collection<T> values, java.util.function.Function<T, Object[]> cells) {
    values.forEach(v -> line(cells.apply(v)));
    return this;
  }

  private static String cell(Object value) {
    if (value == null) {
      return "";
    }
    String text = value.toString();
    if (value instanceof String && !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0) {
      text = "'" + text;
    }
    return quoted(text);
  }

  /** A cell in quotes, where it holds a comma, a quote or a line break. */
  public static String quoted(String cell) {
    return cell.matches("[^,\"\r\n]*") ? cell : '"' + cell.replace("\"", "\"\"") + '"';
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
