package io.github.deepcut.report.page;

import io.github.deepcut.audit.Value;
import io.github.deepcut.report.Metric.Role;
import io.github.deepcut.report.Row;
import io.github.deepcut.report.RunReport;
import io.github.deepcut.report.Unit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A number of the first screen.
 *
 * @param number with its unit
 * @param row what it is of; null where it was not measured
 * @param meaning one or two sentences
 */
record Headline(String title, String number, Row row, String meaning) {

  /** The four that carry the verdict. */
  static List<Headline> of(RunReport run) {
    return List.of(attack(run), forget(run), test(run), headroom(run));
  }

  private static Headline attack(RunReport run) {
    return headline(
        run,
        Role.ATTACK,
        "Can an attacker tell?",
        "Shown one forgotten and one unseen sample, an attacker who goes by the model's loss picks"
            + " the forgotten one this often. Guessing gives 50\u00a0%; far below 50\u00a0% gives"
            + " samples away as well.");
  }

  private static Headline forget(RunReport run) {
    return headline(
        run,
        Role.FORGET,
        "Forgotten samples",
        "How right the model still is on what it was to forget. It should match a model that never"
            + " saw them, not reach zero.");
  }

  private static Headline test(RunReport run) {
    return headline(
        run,
        Role.TEST,
        "Usefulness kept",
        "How right the model is on test samples that none of the models was trained on: what its"
            + " users notice.");
  }

  private static Headline headroom(RunReport run) {
    String meaning =
        "How many points further the same attack was from its reference on the original model: what"
            + " there was to remove. Near zero, nothing can be shown.";
    Optional<Row> row = find(run, Role.ATTACK);
    OptionalDouble original =
        row.map(r -> r.original() == null ? OptionalDouble.empty() : r.original().number())
            .orElse(OptionalDouble.empty());
    if (original.isEmpty()) {
      return new Headline("What could be seen before", Words.NONE, null, meaning);
    }
    Value retrained = row.get().retrained();
    double reference = retrained == null ? 50 : retrained.number().orElse(50);
    double headroom = Math.abs(original.getAsDouble() - reference);
    String number = Unit.PERCENT.format(headroom);
    return new Headline("What could be seen before", number, null, meaning);
  }

  private static Headline headline(RunReport run, Role role, String title, String meaning) {
    Optional<Row> row = find(run, role);
    if (row.isEmpty()) {
      return new Headline(title, Words.NONE, null, meaning + " It was not measured.");
    }
    Row r = row.get();
    String number = Words.number(r.metric().unit(), r.unlearned());
    return r.unlearned() instanceof Value.Undefined none
        ? new Headline(title, number, null, meaning + " Not known: " + none.reason() + ".")
        : new Headline(title, number, r, meaning);
  }

  private static Optional<Row> find(RunReport run, Role role) {
    return run.rows().stream().filter(r -> r.metric().role() == role).findFirst();
  }

  /** What the number counts. */
  String unit() {
    if (number.equals(Words.NONE)) {
      return "";
    }
    return row == null ? "points" : row.metric().role() == Role.ATTACK ? "% AUC" : "% " + utility();
  }

  private String utility() {
    return row.metric().name().replaceFirst("^.*_", "").replace("f1", "F1");
  }
}
