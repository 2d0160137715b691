package io.github.deepcut.report.page;

import io.github.deepcut.report.Row;
import io.github.deepcut.report.RunReport;
import io.github.deepcut.report.Verdict.Outcome;
import io.github.deepcut.stats.Value;
import java.util.ArrayList;
import java.util.List;

/** What one sees first: the verdict, the four numbers that carry it, what it does not prove. */
final class FirstScreen {
  private FirstScreen() {}

  static Tag of(RunReport run) {
    String outcome = run.verdict().outcome().text();
    return Tag.of("header")
        .add(
            Tag.of("p", "kicker").text(kicker(run)),
            Tag.of("p", "pill " + outcome.replace(' ', '-')).text(Words.capital(outcome)),
            Tag.of("h1").text(sentence(run)),
            Tag.of("p", "because").text(because(run)),
            Tag.of("div", "headlines")
                .addAll(Headline.of(run).stream().map(FirstScreen::card).toList()),
            limits(run));
  }

  private static String kicker(RunReport run) {
    List<String> parts = new ArrayList<>(List.of("DeepCUT audit"));
    parts.add(
        switch (run.task()) {
          case "ner" -> "named-entity recognition";
          case "classify" -> "text classification";
          case "image" -> "image classification";
          default -> run.task();
        });
    parts.add(Words.count(run.examples().forget()) + " samples to forget");
    if (run.examples().retain() > 0) {
      parts.add(Words.count(run.examples().retain()) + " retained");
    }
    run.how().ifPresent(how -> parts.add("method " + how.method()));
    return String.join(" \u00b7 ", parts);
  }

  private static String sentence(RunReport run) {
    Outcome outcome = run.verdict().outcome();
    long n = run.examples().forget();
    String samples = n == 1 ? "the one sample" : "the " + Words.count(n) + " samples";
    return switch (outcome) {
      case FORGOTTEN -> "This model treats " + samples + " like ones that it never saw.";
      case NOT_FORGOTTEN -> "This model still gives " + samples + " away.";
      case INCONCLUSIVE -> "This evidence does not decide whether " + samples + " were forgotten.";
    };
  }

  /** The verdict's reason with the metrics' names in words. */
  private static String because(RunReport run) {
    String text = run.verdict().because();
    for (Row row : run.rows()) {
      text = text.replace(row.metric().name(), Words.phrase(row.metric()));
    }
    return Words.capital(text) + ".";
  }

  private static Tag card(Headline headline) {
    Tag card =
        Tag.of("article", "card")
            .add(
                Tag.of("h3").text(headline.title()),
                Tag.of("p", "figure")
                    .add(
                        Tag.of("span", "number").text(headline.number()),
                        Tag.of("span", "unit").text(headline.unit())));
    if (!headline.facts().isEmpty()) {
      Tag facts = Tag.of("dl", "comparison");
      headline
          .facts()
          .forEach(f -> facts.add(Tag.of("dt").text(f.name()), Tag.of("dd").text(f.value())));
      card.add(facts);
    }
    return card.add(Tag.of("p", "meaning").text(headline.meaning()));
  }

  private static Tag limits(RunReport run) {
    List<String> limits = new ArrayList<>();
    boolean retrained = run.rows().stream().map(Row::retrained).anyMatch(FirstScreen::known);
    if (!retrained) {
      limits.add(
          "There was no retrained model to compare with, so memory could be found here, but not"
              + " ruled out.");
    }
    if (run.rows().stream().map(Row::original).noneMatch(FirstScreen::known)) {
      limits.add(
          "The original model was not there, so nobody knows what there was to find. That nothing"
              + " was found shows nothing.");
    }
    limits.add(
        "It speaks of this model file alone: not of copies, backups, other models or the training"
            + " data themselves.");
    limits.add("It speaks of the attacks below: a stronger one may find what these do not.");
    limits.add(
        "It speaks of the samples together. A single one may still be known; see the"
            + " best-remembered samples.");
    return Tag.of("aside", "limits")
        .add(
            Tag.of("h2").text("What this does not prove"),
            Tag.of("ul").addAll(limits.stream().map(s -> Tag.of("li").text(s)).toList()));
  }

  private static boolean known(Value value) {
    return value != null && value.number().isPresent();
  }
}
