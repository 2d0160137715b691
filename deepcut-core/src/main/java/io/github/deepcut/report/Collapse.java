package io.github.deepcut.report;

import io.github.deepcut.report.Metric.Role;
import io.github.deepcut.stats.Interval;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * Whether unlearning ruined what the model knew of the rest: its utility on retained samples, 95 %
 * interval included, is more than {@code points} below that of the original, and of the retrained
 * model where one is known. D_r holds nothing that is to be forgotten, and both models have learnt
 * it, so there is no fall to expect.
 *
 * @param points percentage points
 */
public record Collapse(double points) {
  /**
   * Our convention: 10 points, three times what the verdict grants test data and twice what it
   * grants D_f. What falls further is no price of forgetting but a run that went wrong.
   */
  public static final Collapse DEFAULT = new Collapse(10);

  /** What fell, from where to where; empty where nothing collapsed. */
  public Optional<String> in(List<Row> rows) {
    return rows.stream()
        .filter(r -> r.metric().role() == Role.RETAIN && fell(r))
        .map(this::words)
        .findFirst();
  }

  private boolean fell(Row row) {
    OptionalDouble most =
        row.unlearned()
            .interval()
            .map(Interval::high)
            .map(OptionalDouble::of)
            .orElse(row.unlearned().number());
    double least =
        Stream.of(Row.number(row.original()), Row.number(row.retrained()))
            .filter(OptionalDouble::isPresent)
            .mapToDouble(OptionalDouble::getAsDouble)
            .min()
            .orElse(Double.NaN);
    return most.isPresent() && most.getAsDouble() < least - points;
  }

  private String words(Row row) {
    OptionalDouble retrained = Row.number(row.retrained());
    return String.format(
        Locale.ROOT,
        "%s fell from %.1f to %.1f%s, beyond noise more than %.0f points",
        row.metric().name(),
        Row.number(row.original()).orElse(Double.NaN),
        Row.number(row.unlearned()).orElse(Double.NaN),
        retrained.isPresent()
            ? String.format(Locale.ROOT, " (retrained: %.1f)", retrained.getAsDouble())
            : "",
        points);
  }
}
