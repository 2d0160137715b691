package io.github.deepcut.report.page;

import io.github.deepcut.report.Row;
import io.github.deepcut.report.RunReport;
import io.github.deepcut.report.Unit;
import io.github.deepcut.stats.Interval;
import io.github.deepcut.stats.Value;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Every metric beside the original, the retrained model, its floor and its ceiling. */
final class Metrics {
  private Metrics() {}

  static Tag section(RunReport run) {
    Grid grid =
        new Grid(
            "Rates in percent. The yardstick is the gap to the retrained model, from either side.",
            1,
            "Metric",
            "Original",
            "Unlearned",
            "95 % interval",
            "Retrained",
            "Gap",
            "Floor",
            "Ceiling",
            "n");
    run.rows().stream().filter(Metrics::isKnown).forEach(row -> add(grid, row));
    Tag section =
        Contents.METRICS
            .section()
            .add(
                Tag.of("p")
                    .text(
                        "A gap below the floor, which is that between two retrained models, cannot"
                            + " be improved; a gap above the ceiling, which is that of doing"
                            + " nothing, is harm. An en dash stands for what was not measured."),
                grid.table());
    List<String> reasons = run.rows().stream().flatMap(Metrics::reasons).distinct().toList();
    return reasons.isEmpty()
        ? section
        : section.add(
            Tag.of("ul", "notes").addAll(reasons.stream().map(r -> Tag.of("li").text(r)).toList()));
  }

  private static boolean isKnown(Row row) {
    return row.unlearned().number().isPresent();
  }

  private static void add(Grid grid, Row row) {
    Unit unit = row.metric().unit();
    Interval interval = row.unlearned().interval().orElse(null);
    grid.explained(
        Words.capital(row.metric().meaning()) + ".",
        Words.name(row.metric()),
        Words.number(unit, row.original()),
        Words.number(unit, row.unlearned()),
        Words.interval(unit, interval),
        Words.number(unit, row.retrained()),
        Words.number(unit, row.gap()),
        row.floor() == null ? Words.NONE : unit.format(row.floor()),
        Words.number(unit, row.ceiling()),
        Words.count(row.unlearned().n()));
  }

  private static Stream<String> reasons(Row row) {
    return Stream.of(row.original(), row.unlearned(), row.retrained())
        .filter(Objects::nonNull)
        .filter(Value.Undefined.class::isInstance)
        .map(v -> Words.name(row.metric()) + ": " + ((Value.Undefined) v).reason() + ".");
  }
}
