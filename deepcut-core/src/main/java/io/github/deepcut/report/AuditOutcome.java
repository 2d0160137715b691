package io.github.deepcut.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.audit.Answers;
import io.github.deepcut.report.AuditReport.Figures;
import io.github.deepcut.run.Printable;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What an audit found.
 *
 * @param power of the deciding attack; empty without unseen data
 * @param rule that the verdict was drawn by
 * @param answers of each model, for the scores of single samples
 * @param figures what its report draws
 */
public record AuditOutcome(
    RunReport run,
    Optional<Power> power,
    VerdictRule rule,
    ThreeModels<Answers> answers,
    Figures figures) {

  /** Of answers whose verdict and rows are in {@code run}. */
  public static AuditOutcome of(
      RunReport run, VerdictRule rule, ThreeModels<Answers> answers, Figures figures) {
    Optional<Power> power =
        Optional.of(answers).filter(a -> a.unlearned().test() != null).map(Power::of);
    return new AuditOutcome(run, power, rule, answers, figures);
  }

  /** The same with more rows, which may withhold an acquittal and decide nothing else. */
  public AuditOutcome with(List<Row> more) {
    Verdict verdict = rule.reconsider(run.verdict(), more);
    return new AuditOutcome(run.with(more, verdict), power, rule, answers, figures);
  }

  /** The run's object, and in it {@code power} and {@code thresholds}. */
  public ObjectNode toJson(ObjectMapper mapper) {
    ObjectNode json = run.toJson(mapper);
    json.putNull("power");
    power.ifPresent(p -> p.writeTo(json.putObject("power")));
    json.set("thresholds", mapper.valueToTree(rule));
    ObjectNode meanings = json.putObject("meanings");
    run.rows().forEach(r -> meanings.put(r.metric().name(), r.metric().meaning()));
    return json;
  }

  /** Table, verdict, power, and what each number means. */
  public String text() {
    List<Row> rows = run.rows().stream().filter(r -> r.unlearned().number().isPresent()).toList();
    int width = rows.stream().mapToInt(r -> r.metric().name().length()).max().orElse(0);
    return TextTable.plain(rows)
        + rows.stream()
            .map(r -> ("  %-" + width + "s  %s").formatted(r.metric().name(), r.metric().meaning()))
            .collect(
                Collectors.joining(
                    "\n", "\nWhat the numbers mean (percent, nats or as said):\n", "\n"))
        + "\n"
        + (answers.retrained().isEmpty() ? "" : power.map(p -> p.text() + "\n").orElse(""))
        + run.verdict().outcome().text()
        + ": "
        + Printable.line(run.verdict().because())
        + "\nwritten to "
        + Printable.line(run.out().orElseThrow());
  }
}
