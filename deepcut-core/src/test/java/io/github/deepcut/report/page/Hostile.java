package io.github.deepcut.report.page;

import io.github.deepcut.report.AuditReport;
import io.github.deepcut.report.AuditReport.Figures;
import io.github.deepcut.report.ClassGap;
import io.github.deepcut.report.RunReport;
import io.github.deepcut.report.Verdict;
import io.github.deepcut.report.figure.Fact;
import io.github.deepcut.report.figure.Part;
import io.github.deepcut.report.figure.Remembered;
import java.util.List;
import java.util.Optional;

/** A report in which every text that comes from outside is the same. */
final class Hostile {
  static final List<String> TEXTS =
      List.of(
          "<script>window.pwned = 1; console.error('ran')</script>",
          "</script><script>window.pwned = 1</script>",
          "</title></style><img src=x onerror=\"window.pwned = 1\">",
          "\"><svg onload=window.pwned=1>",
          "' onmouseover='window.pwned=1",
          "<!-- <script> --!> ]]> {{constructor.constructor('window.pwned=1')()}} ${7*7}",
          "javascript:window.pwned=1//\u202egpj.exe\u0000\ud800\b&lt;b&gt;",
          "averyveryverylongwordwithoutanyplacetobreakit".repeat(8));

  private Hostile() {}

  static AuditReport in(AuditReport r, String text) {
    RunReport run = r.run();
    RunReport hostile =
        new RunReport(
            run.command(),
            run.how().map(h -> new RunReport.How(text, h.passes(), h.steps(), text)),
            text.isBlank() ? "ner" : text,
            run.seed(),
            run.examples(),
            run.rows(),
            run.seconds(),
            new Verdict(run.verdict().outcome(), text),
            Optional.of(text));
    Figures f = r.figures();
    Figures figures =
        new Figures(
            f.losses(),
            f.roc(),
            f.projection(),
            Part.of(
                f.classes().found().orElseThrow().stream()
                    .map(c -> new ClassGap(text, c.row()))
                    .toList()),
            f.relearning(),
            Part.of(
                f.worst().found().orElseThrow().stream()
                    .map(w -> new Remembered(text, text, text, 1.0, 1, 1.0, 1))
                    .toList()));
    List<Fact> facts = List.of(new Fact(text, text), new Fact(text, text));
    return new AuditReport(hostile, figures, Part.of(facts), facts);
  }
}
