package io.github.deepcut.report.page;

import io.github.deepcut.report.Metric.Role;
import io.github.deepcut.report.Row;
import io.github.deepcut.report.RunReport;
import io.github.deepcut.report.Unit;
import io.github.deepcut.report.figure.Fact;
import io.github.deepcut.stats.Interval;
import io.github.deepcut.stats.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A number of the first screen.
 *
 * @param unit what the number counts
 * @param facts what it is to be compared with
 * @param meaning one or two sentences
 */
record Headline(String title, String number, String unit, List<Fact> facts, String meaning) {
  Headline {
    facts = facts.stream().filter(f -> !f.value().equals(Words.NONE)).toList();
  }

  /** The four that carry the verdict. */
  static List<Headline> of(RunReport run) {
    return List.of(
        measured(
            run,
            Role.ATTACK,
            "Can an attacker tell?",
            "Shown one forgotten and one unseen sample, an attacker who goes by the model's loss"
                + " picks the forgotten one this often. Guessing gives 50\u00a0%; far below gives"
                + " samples away as well."),
        measured(
            run,
            Role.FORGET,
            "Forgotten samples",
            "How right the model still is on what it was to forget. It should match a model that"
                + " never saw them, not reach zero."),
        measured(
            run,
            Role.TEST,
            "Usefulness kept",
            "How right the model is on test samples that none of the models was trained on: what"
                + " its users notice."),
        headroom(run));
  }

  private static Headline measured(RunReport run, Role role, String title, String meaning) {
    Optional<Row> row = find(run, role);
    if (row.isEmpty()) {
      return new Headline(title, Words.NONE, "", List.of(), meaning + " It was not measured.");
    }
    Row r = row.get();
    if (r.unlearned() instanceof Value.Undefined none) {
      String why = meaning + " Not known: " + none.reason() + ".";
      return new Headline(title, Words.NONE, "", List.of(), why);
    }
    Unit unit = r.metric().unit();
    Interval interval = r.unlearned().interval().orElse(null);
    List<Fact> facts =
        List.of(
            new Fact("Original", Words.number(unit, r.original())),
            new Fact("Retrained", Words.number(unit, r.retrained())),
            new Fact("95\u00a0% interval", Words.interval(unit, interval)),
            new Fact("Samples", Words.count(r.unlearned().n())));
    String counts = "% " + (role == Role.ATTACK ? "AUC" : utility(r));
    return new Headline(title, Words.number(unit, r.unlearned()), counts, facts, meaning);
  }

  private static String utility(Row row) {
    return row.metric().name().replaceFirst("^.*_", "").replace("f1", "F1");
  }

  private static Headline headroom(RunReport run) {
    String title = "Before unlearning";
    String meaning =
        "How far the same attack on the original was from what it should give (without a retrained"
            + " model: from guessing). Near zero, nothing can be shown by it.";
    Optional<Row> row = find(run, Role.ATTACK);
    Double original = row.map(r -> number(r.original())).orElse(null);
    if (original == null) {
      return new Headline(
          title, Words.NONE, "", List.of(), meaning + " The original was not measured.");
    }
    Double retrained = number(row.get().retrained());
    double headroom = Math.abs(original - (retrained == null ? 50 : retrained));
    return new Headline(
        title, Unit.PERCENT.format(headroom), "points", effects(row.get()), meaning);
  }

  private static List<Fact> effects(Row row) {
    List<Fact> facts = new ArrayList<>();
    Double retrained = number(row.retrained());
    Double unlearned = number(row.unlearned());
    if (unlearned != null) {
      double left = Math.abs(unlearned - (retrained == null ? 50 : retrained));
      facts.add(new Fact("Now", Unit.PERCENT.format(left)));
    }
    facts.add(
        retrained == null
            ? new Fact("Guessing gives", "50.0")
            : new Fact("Should give", Unit.PERCENT.format(retrained)));
    return facts;
  }

  private static Double number(Value value) {
    return value == null || value.number().isEmpty() ? null : value.number().getAsDouble();
  }

  private static Optional<Row> find(RunReport run, Role role) {
    return run.rows().stream().filter(r -> r.metric().role() == role).findFirst();
  }
}
