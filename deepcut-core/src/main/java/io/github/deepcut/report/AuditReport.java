package io.github.deepcut.report;

import io.github.deepcut.report.figure.Fact;
import io.github.deepcut.report.figure.LossHistograms;
import io.github.deepcut.report.figure.Part;
import io.github.deepcut.report.figure.Projection;
import io.github.deepcut.report.figure.Relearning;
import io.github.deepcut.report.figure.Remembered;
import io.github.deepcut.report.figure.RocCurve;
import java.util.List;

/**
 * A run with all of its evidence: what the HTML page, the JSON and the CSV files are written from.
 *
 * @param run verdict and metrics
 * @param figures what is drawn
 * @param method how the model was unlearned
 * @param provenance what went in: models, data, fingerprints, versions
 */
public record AuditReport(
    RunReport run, Figures figures, Part<List<Fact>> method, List<Fact> provenance) {
  public AuditReport {
    provenance = List.copyOf(provenance);
  }

  /**
   * What is drawn; each may be missing with its reason.
   *
   * @param worst the samples that are remembered best, the best known first
   */
  public record Figures(
      Part<LossHistograms> losses,
      Part<List<RocCurve>> roc,
      Part<Projection> projection,
      Part<List<ClassGap>> classes,
      Part<Relearning> relearning,
      Part<List<Remembered>> worst) {}

  /** The same without the text of any sample. */
  public AuditReport redacted() {
    Part<List<Remembered>> worst = figures.worst();
    if (worst instanceof Part.Found<List<Remembered>> found) {
      worst = Part.of(found.value().stream().map(Remembered::redacted).toList());
    }
    Figures without =
        new Figures(
            figures.losses(),
            figures.roc(),
            figures.projection(),
            figures.classes(),
            figures.relearning(),
            worst);
    return new AuditReport(run, without, method, provenance);
  }
}
