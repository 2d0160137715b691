package io.github.deepcut.app.command;

import io.github.deepcut.report.RunReport;
import io.github.deepcut.report.TextTable;
import io.github.deepcut.run.Printable;
import java.util.Locale;
import java.util.OptionalDouble;

/** A run's report for people: table, verdict and times. */
final class Summary {
  private Summary() {}

  /** Of a run that unlearned. */
  static String of(RunReport report) {
    return TextTable.plain(report.rows())
        + "\n"
        + report.verdict().outcome().text()
        + ": "
        + Printable.line(report.because())
        + "\n"
        + times(report)
        + siblings(report.how().orElseThrow())
        + (report.how().orElseThrow().passes() == 0
            ? "\n"
                + "note: the rule kept the original weights: D_f was already as unknown as"
                + " held-out data"
            : "")
        + "\nwritten to "
        + Printable.line(report.out().orElseThrow());
  }

  /** What the targets are from, and what that took, once for all requests. */
  private static String siblings(RunReport.How how) {
    return how.siblings()
        .filter(RunReport.Siblings::used)
        .map(
            s ->
                String.format(
                    Locale.ROOT,
                    "\ntargets from %d siblings by %s, trained in %.1f s once for all requests",
                    s.which().folds() * s.which().rounds(),
                    Printable.line(s.which().unit()),
                    s.seconds()))
        .orElse("");
  }

  private static String times(RunReport report) {
    RunReport.How how = report.how().orElseThrow();
    double unlearn = report.seconds().unlearn().orElseThrow();
    String took =
        String.format(
            Locale.ROOT,
            "unlearned in %.1f s (%d passes, %d steps, stopped by %s)",
            unlearn,
            how.passes(),
            how.steps(),
            Printable.line(how.stoppedBy()));
    OptionalDouble index = report.seconds().index();
    if (index.isPresent()) {
      double read = index.getAsDouble();
      took = String.format(Locale.ROOT, "training data read in %.1f s, %s", read, took);
    }
    OptionalDouble retrain = report.seconds().retrain();
    return retrain.isEmpty()
        ? took
        : String.format(
            Locale.ROOT,
            "%s; retraining took %.1f s, %.1f times as long",
            took,
            retrain.getAsDouble(),
            retrain.getAsDouble() / Math.max(unlearn, 1e-3));
  }
}
