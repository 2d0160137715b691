package io.github.deepcut.report.page;

import io.github.deepcut.report.AuditReport;
import io.github.deepcut.report.ClassGap;
import io.github.deepcut.report.figure.Fact;
import io.github.deepcut.report.figure.LossHistograms;
import io.github.deepcut.report.figure.ModelRole;
import io.github.deepcut.report.figure.Part;
import io.github.deepcut.report.figure.Projection;
import io.github.deepcut.report.figure.Relearning;
import io.github.deepcut.report.figure.RocCurve;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Everything below the first screen, in order. */
final class Sections {
  private Sections() {}

  static List<Tag> of(AuditReport report) {
    AuditReport.Figures f = report.figures();
    return List.of(
        Metrics.section(report.run()),
        losses(f.losses()),
        roc(f.roc()),
        latent(f.projection()),
        classes(f.classes()),
        relearning(f.relearning()),
        Samples.section(f.worst()),
        record(report),
        Glossary.section());
  }

  private static Tag losses(Part<LossHistograms> part) {
    return new Chart(
            Contents.LOSSES,
            "losses",
            "Histograms of the loss of forgotten and of unseen samples, a panel for each model.",
            "The loss says how surprised a model is by a sample. What it learnt by heart surprises"
                + " it little, and lies to the left of what it never saw. After forgetting, both"
                + " outlines should look alike, as they do for the retrained model.")
        .section(
            part,
            Chart.legend(List.of(), "forgotten", "Forgotten samples", "unseen", "Unseen samples"),
            ChartTables::losses);
  }

  private static Tag roc(Part<List<RocCurve>> part) {
    return new Chart(
            Contents.ATTACK,
            "roc",
            "ROC curves of the membership attack on logarithmic axes, with 95 % intervals.",
            "For each share of unseen samples that an attacker is ready to suspect wrongly: the"
                + " share of forgotten samples that he finds. The dotted line is guessing. The left"
                + " edge counts most, where he is sure of the few that he names. Shaded: 95\u00a0%"
                + " intervals.")
        .section(
            part,
            Chart.legend(
                models(part.found().stream().flatMap(List::stream).map(RocCurve::model)),
                "guess",
                "Guessing"),
            ChartTables::roc);
  }

  private static Tag latent(Part<Projection> part) {
    return new Chart(
            Contents.LATENT,
            "latent",
            "Scatter plots of the samples' embeddings in one plane, a panel for each model.",
            "Where the models place the samples in their latent space, in the plane that shows most"
                + " of the original's spread; the same plane for all. A retrained model builds a"
                + " space of its own: compare its spread, not its places."
                + paths(part))
        .section(
            part,
            Chart.legend(
                List.of(), "forgotten", "Forgotten samples", "retained", "Retained samples"),
            ChartTables::latent);
  }

  private static String intervals(Part<Relearning> part) {
    boolean any =
        part.found().stream()
            .flatMap(r -> r.curves().stream())
            .flatMap(c -> c.points().stream())
            .anyMatch(p -> p.loss().interval().isPresent());
    return any ? " Shaded: 95\u00a0% intervals." : "";
  }

  private static String paths(Part<Projection> part) {
    int stations =
        part.found().stream()
            .flatMap(p -> p.paths().stream())
            .mapToInt(p -> p.places().size())
            .max()
            .orElse(0);
    return stations == 0
        ? ""
        : " Lines: the way of each forgotten sample from the original"
            + (stations > 2 ? " over the passes of unlearning." : ".");
  }

  private static Tag classes(Part<List<ClassGap>> part) {
    return new Chart(
            Contents.CLASSES,
            "classes",
            "For each class, how right each model is on its forgotten samples.",
            "How right the models are on the forgotten samples of each class (of taggers: on the"
                + " entities of each type), the widest gaps to"
                + " the retrained model first. Bars: 95\u00a0% intervals of the unlearned model. An"
                + " average can hide a class that was wiped out, or one that is still known.")
        .section(part, Chart.legend(Arrays.asList(ModelRole.values())), ChartTables::classes);
  }

  private static Tag relearning(Part<Relearning> part) {
    return new Chart(
            Contents.RELEARNING,
            "relearning",
            "The mean loss on forgotten samples while each model is fine-tuned on them again.",
            "How fast the models learn forgotten samples again. What comes back faster than in the"
                + " retrained model was hidden rather than forgotten. Dotted line: the loss of the"
                + " original."
                + intervals(part))
        .section(
            part,
            Chart.legend(
                models(
                    part.found().stream()
                        .flatMap(r -> r.curves().stream())
                        .map(Relearning.Curve::model)),
                "guess",
                "Loss of the original"),
            ChartTables::relearning);
  }

  private static List<ModelRole> models(Stream<ModelRole> models) {
    return models.distinct().sorted().toList();
  }

  private static Tag record(AuditReport report) {
    Tag section = Contents.RECORD.section().add(Tag.of("h3").text("Method"));
    if (report.method() instanceof Part.Missing<List<Fact>> missing) {
      section.add(Tag.of("p", "missing").text(missing.reason()));
    } else {
      section.add(facts(report.method().found().orElseThrow()));
    }
    return section.add(Tag.of("h3").text("Provenance"), facts(report.provenance()));
  }

  private static Tag facts(List<Fact> facts) {
    Tag list = Tag.of("dl", "facts");
    for (Fact fact : facts) {
      list.add(Tag.of("dt").text(fact.name()), Tag.of("dd").text(fact.value()));
    }
    return list;
  }
}
