package io.github.deepcut.report;

import io.github.deepcut.report.figure.Part;
import io.github.deepcut.report.figure.Projection;
import io.github.deepcut.report.figure.Relearning;
import io.github.deepcut.report.figure.Remembered;
import io.github.deepcut.report.figure.RocCurve;
import io.github.deepcut.stats.Interval;
import io.github.deepcut.stats.Value;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * An audit as CSV files, one a kind of record. Their columns keep names and order; a part that is
 * missing is a file with its header alone.
 */
public final class AuditCsv {
  private static final String[] ROW = {
    "name",
    "metric",
    "unit",
    "original",
    "unlearned",
    "retrained",
    "gap",
    "gap_low",
    "gap_high",
    "n",
    "low",
    "high",
    "floor",
    "ceiling"
  };

  private AuditCsv() {}

  /** The content of each file by its name. */
  public static Map<String, String> of(AuditReport report) {
    Map<String, Csv> files = new TreeMap<>();
    AuditReport.Figures f = report.figures();
    files.put(
        "metrics.csv",
        new Csv(ROW).lines(report.run().rows(), row -> cells(row.metric().name(), row)));
    files.put("classes.csv", new Csv(ROW).lines(all(f.classes()), c -> cells(c.name(), c.row())));
    files.put("losses.csv", losses(report));
    files.put("roc.csv", roc(all(f.roc())));
    files.put("projection.csv", projection(f.projection()));
    files.put("relearning.csv", relearning(f.relearning()));
    files.put("worst.csv", worst(all(f.worst())));
    Map<String, String> texts = new TreeMap<>();
    files.forEach((name, csv) -> texts.put(name, csv.toString()));
    return texts;
  }

  private static <T> List<T> all(Part<List<T>> part) {
    return part.found().orElse(List.of());
  }

  private static <T, R> List<R> all(Part<T> part, Function<T, List<R>> inside) {
    return part.found().map(inside).orElse(List.of());
  }

  private static Object[] cells(String name, Row row) {
    Interval gap = row.difference() == null ? null : row.difference().absolute();
    return new Object[] {
      name,
      row.metric().name(),
      row.metric().unit().name().toLowerCase(java.util.Locale.ROOT),
      Numbers.orNull(Row.number(row.original())),
      Numbers.orNull(row.unlearned().number()),
      Numbers.orNull(Row.number(row.retrained())),
      Numbers.orNull(row.gap()),
      gap == null ? null : gap.low(),
      gap == null ? null : gap.high(),
      row.unlearned().n(),
      low(row.unlearned()),
      high(row.unlearned()),
      row.floor(),
      Numbers.orNull(row.ceiling())
    };
  }

  private static Csv losses(AuditReport report) {
    Csv csv = new Csv("model", "from", "to", "forgotten", "unseen");
    report
        .figures()
        .losses()
        .found()
        .ifPresent(
            losses ->
                losses
                    .models()
                    .forEach(
                        m -> {
                          for (int i = 0; i < m.forgotten().size(); i++) {
                            double from = losses.edges().get(i);
                            double to = losses.edges().get(i + 1);
                            csv.line(
                                m.model().key(), from, to, m.forgotten().get(i), m.unseen().get(i));
                          }
                        }));
    return csv;
  }

  private static Csv roc(List<RocCurve> curves) {
    Csv csv = new Csv("model", "fpr", "tpr", "low", "high");
    for (RocCurve curve : curves) {
      csv.lines(
          curve.points(),
          p ->
              new Object[] {
                curve.model().key(),
                p.fpr(),
                Numbers.orNull(p.tpr().number()),
                low(p.tpr()),
                high(p.tpr())
              });
    }
    return csv;
  }

  private static Csv projection(Part<Projection> projection) {
    Csv csv = new Csv("model", "group", "pass", "id", "x", "y");
    csv.lines(
        all(projection, Projection::points),
        p ->
            new Object[] {
              p.model().key(),
              p.group().name().toLowerCase(java.util.Locale.ROOT),
              null,
              p.id(),
              p.x(),
              p.y()
            });
    for (Projection.Path path : all(projection, Projection::paths)) {
      for (int pass = 0; pass < path.places().size(); pass++) {
        Projection.Place at = path.places().get(pass);
        csv.line("unlearned", "path", pass, path.id(), at.x(), at.y());
      }
    }
    return csv;
  }

  private static Csv relearning(Part<Relearning> relearning) {
    Csv csv = new Csv("model", "step", "loss", "low", "high");
    for (Relearning.Curve curve : all(relearning, Relearning::curves)) {
      csv.lines(
          curve.points(),
          p ->
              new Object[] {
                curve.model().key(),
                p.step(),
                Numbers.orNull(p.loss().number()),
                low(p.loss()),
                high(p.loss())
              });
    }
    return csv;
  }

  private static Csv worst(List<Remembered> samples) {
    return new Csv("id", "label", "text", "original", "unlearned", "retrained", "above")
        .lines(
            samples,
            s ->
                new Object[] {
                  s.id(), s.label(), s.text(), s.original(), s.unlearned(), s.retrained(), s.above()
                });
  }

  private static Double low(Value value) {
    return value.interval().map(Interval::low).orElse(null);
  }

  private static Double high(Value value) {
    return value.interval().map(Interval::high).orElse(null);
  }
}
