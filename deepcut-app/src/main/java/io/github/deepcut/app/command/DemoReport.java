package io.github.deepcut.app.command;

import io.github.deepcut.Audit;
import io.github.deepcut.Erasure;
import io.github.deepcut.FineTunedModel;
import io.github.deepcut.report.AuditOutcome;
import io.github.deepcut.report.AuditReport;
import io.github.deepcut.report.Row;
import io.github.deepcut.report.RunReport;
import io.github.deepcut.report.ThreeModels;
import io.github.deepcut.report.VerdictRule;
import io.github.deepcut.report.page.ReportFiles;
import io.github.deepcut.run.Run;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The demo's report: that of its run, with the rows and figures of an audit of its three models.
 *
 * @param at where its files are being written
 * @param dir where they will lie
 */
record DemoReport(Path at, Path dir, Erasure erasure) {

  /**
   * Writes it; the texts are invented and may be shown.
   *
   * @return the run with the verdict that the audit's rows leave
   */
  RunReport write(RunReport run, List<double[][]> passes, Run clock) {
    ThreeModels<Path> folders =
        new ThreeModels<>(at.resolve("model"), at.resolve("unlearned"), at.resolve("retrained"));
    try (FineTunedModel original =
            FineTunedModel.open(folders.original().orElseThrow(), clock.device());
        FineTunedModel unlearned = FineTunedModel.open(folders.unlearned(), clock.device());
        FineTunedModel retrained =
            FineTunedModel.open(folders.retrained().orElseThrow(), clock.device())) {
      Audit audit =
          new Audit(
              new ThreeModels<>(original, unlearned, retrained), erasure.split(), erasure.unseen());
      AuditOutcome outcome = audit.outcome(true, run.out().orElseThrow(), passes, clock);
      AuditFacts facts =
          new AuditFacts(
              folders,
              at.resolve("train.conll"),
              AuditFacts.Told.of(audit),
              at.resolve("test.conll"),
              p -> dir.toAbsolutePath().normalize().resolve(at.relativize(p)));
      RunReport whole = with(run, outcome.run().rows());
      ReportFiles.write(
          new AuditReport(
              whole, outcome.figures(), AuditFacts.method(run), facts.provenance(run.seed())),
          at);
      return run.with(List.of(), whole.verdict());
    }
  }

  /** The run with those of the audit's rows that it has not itself. */
  private static RunReport with(RunReport run, List<Row> audited) {
    Set<String> own = run.rows().stream().map(r -> r.metric().name()).collect(Collectors.toSet());
    List<Row> more = audited.stream().filter(r -> !own.contains(r.metric().name())).toList();
    return run.with(more, VerdictRule.DEFAULT.reconsider(run.verdict(), more));
  }
}
