package io.github.deepcut.app.command;

import io.github.deepcut.report.RunReport;
import io.github.deepcut.report.TextTable;
import io.github.deepcut.run.Printable;
import java.util.Locale;

/** A run's report for people: table, verdict and times. */
final class Summary {
  private Summary() {}

  static String of(RunReport report) {
    return TextTable.plain(report.rows())
        + "\n"
        + report.verdict().outcome().text()
        + ": "
        + Printable.line(report.because())
        + "\n"
        + times(report)
        + (report.passes() == 0
            ? "\n"
                + "note: the rule kept the original weights: D_f was already as unknown as"
                + " held-out data"
            : "")
        + "\nwritten to "
        + Printable.line(report.out());
  }

  private static String times(RunReport report) {
    String took =
        String.format(
            Locale.ROOT,
            "unlearned in %.1f s (%d passes, %d steps, stopped by %s)",
            report.seconds().unlearn(),
            report.passes(),
            report.steps(),
            Printable.line(report.stoppedBy()));
    Double index = report.seconds().index();
    if (index != null) {
      took = String.format(Locale.ROOT, "training data read in %.1f s, %s", index, took);
    }
    Double retrain = report.seconds().retrain();
    return retrain == null
        ? took
        : String.format(
            Locale.ROOT,
            "%s; retraining took %.1f s, %.1f times as long",
            took,
            retrain,
            retrain / Math.max(report.seconds().unlearn(), 1e-3));
  }
}
