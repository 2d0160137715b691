package io.github.deepcut.report.page;

import io.github.deepcut.report.ClassGap;
import io.github.deepcut.report.Row;
import io.github.deepcut.report.Unit;
import io.github.deepcut.report.figure.LossHistograms;
import io.github.deepcut.report.figure.ModelRole;
import io.github.deepcut.report.figure.Projection;
import io.github.deepcut.report.figure.Relearning;
import io.github.deepcut.report.figure.RocCurve;
import io.github.deepcut.stats.Value;
import java.util.List;
import java.util.Locale;

/** The numbers behind the charts, as tables; the full data are in the JSON and CSV files. */
final class ChartTables {
  private static final List<Double> RATES = List.of(0.001, 0.01, 0.05, 0.1, 0.5);

  private ChartTables() {}

  static Tag losses(LossHistograms losses) {
    Grid grid =
        new Grid(
            "Samples by their loss in nats.", 1, "Model", "Loss from", "to", "Forgotten", "Unseen");
    for (LossHistograms.Counts model : losses.models()) {
      for (int i = 0; i < model.forgotten().size(); i++) {
        if (model.forgotten().get(i) + model.unseen().get(i) > 0) {
          grid.row(
              Chart.name(model.model()),
              Words.nats(losses.edges().get(i)),
              Words.nats(losses.edges().get(i + 1)),
              Words.count(model.forgotten().get(i)),
              Words.count(model.unseen().get(i)));
        }
      }
    }
    return grid.table();
  }

  static Tag roc(List<RocCurve> curves) {
    Grid grid =
        new Grid(
            "Share of forgotten samples found, in percent.",
            1,
            "Model",
            "Wrongly suspected",
            "Found",
            "95 % interval");
    for (RocCurve curve : curves) {
      Value auc = curve.auc().times(100);
      grid.row(
          Chart.name(curve.model()),
          "area under the curve",
          Words.number(Unit.PERCENT, auc),
          Words.interval(Unit.PERCENT, auc.interval().orElse(null)));
      for (double rate : RATES) {
        curve.points().stream()
            .filter(p -> p.fpr() <= rate + 1e-12)
            .reduce((a, b) -> b)
            .filter(p -> rate * curve.others() >= 1)
            .ifPresent(
                p ->
                    grid.row(
                        Chart.name(curve.model()),
                        percent(rate),
                        Words.number(Unit.PERCENT, p.tpr().times(100)),
                        Words.interval(
                            Unit.PERCENT, p.tpr().interval().map(i -> i.times(100)).orElse(null))));
      }
    }
    return grid.table();
  }

  static Tag latent(Projection projection) {
    Grid grid =
        new Grid(
            "Mean place of the points in the plane.",
            2,
            "Model",
            "Samples",
            "First axis",
            "Second axis",
            "n");
    for (ModelRole model : ModelRole.values()) {
      for (Projection.Group group : Projection.Group.values()) {
        List<Projection.Point> points =
            projection.points().stream()
                .filter(p -> p.model() == model && p.group() == group)
                .toList();
        if (!points.isEmpty()) {
          grid.row(
              Chart.name(model),
              group.name().toLowerCase(Locale.ROOT),
              mean(points.stream().mapToDouble(Projection.Point::x)),
              mean(points.stream().mapToDouble(Projection.Point::y)),
              Words.count(points.size()));
        }
      }
    }
    return grid.table();
  }

  static Tag classes(List<ClassGap> classes) {
    Grid grid =
        new Grid(
            "In percent.",
            1,
            "Class",
            "Original",
            "Unlearned",
            "95 % interval",
            "Retrained",
            "Gap",
            "n");
    for (ClassGap gap : classes) {
      Row row = gap.row();
      Unit unit = row.metric().unit();
      grid.row(
          gap.name(),
          Words.number(unit, row.original()),
          Words.number(unit, row.unlearned()),
          Words.interval(unit, row.unlearned().interval().orElse(null)),
          Words.number(unit, row.retrained()),
          Words.number(unit, row.gap()),
          Words.count(row.unlearned().n()));
    }
    return grid.table();
  }

  static Tag relearning(Relearning relearning) {
    Grid grid =
        new Grid(
            "Mean loss in nats on %s samples; the original's is %s."
                .formatted(Words.count(relearning.samples()), Words.nats(relearning.target())),
            1,
            "Model",
            "Step",
            "Loss",
            "95 % interval");
    for (Relearning.Curve curve : relearning.curves()) {
      for (Relearning.Point p : curve.points()) {
        grid.row(
            Chart.name(curve.model()),
            Words.count(p.step()),
            Words.number(Unit.NATS, p.loss()),
            Words.interval(Unit.NATS, p.loss().interval().orElse(null)));
      }
    }
    return grid.table();
  }

  private static String percent(double rate) {
    return (rate < 0.01 ? "0.1" : String.format(Locale.ROOT, "%.0f", 100 * rate)) + "\u00a0%";
  }

  private static String mean(java.util.stream.DoubleStream values) {
    return Unit.NATS.format(values.average().orElseThrow()).replace('-', '\u2212');
  }
}
