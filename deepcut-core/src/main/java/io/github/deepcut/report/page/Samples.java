package io.github.deepcut.report.page;

import io.github.deepcut.report.figure.Part;
import io.github.deepcut.report.figure.Remembered;
import java.util.List;

/** The forgotten samples that the model still knows best. */
final class Samples {
  private Samples() {}

  static Tag section(Part<List<Remembered>> part) {
    Tag section = Contents.WORST.section();
    if (part instanceof Part.Missing<List<Remembered>> missing) {
      return section.add(Tag.of("p", "missing").text(missing.reason()));
    }
    List<Remembered> samples = part.found().orElseThrow();
    boolean text = samples.stream().anyMatch(s -> s.text() != null);
    section.add(
        Tag.of("p")
            .text(
                "Sorted by how known they look: the last column is the share of unseen samples of"
                    + " the same class that surprise the model more. A few near 100\u00a0% are to be"
                    + " expected of easy samples; what counts is a loss far below the retrained"
                    + " model's."
                    + (text ? "" : " The texts are left out; --show-text shows them.")));
    Grid grid =
        text
            ? new Grid(
                "Losses in nats.",
                3,
                "Sample",
                "Class",
                "Text",
                "Original",
                "Unlearned",
                "Retrained",
                "Unseen above")
            : new Grid(
                "Losses in nats.",
                2,
                "Sample",
                "Class",
                "Original",
                "Unlearned",
                "Retrained",
                "Unseen above");
    samples.forEach(s -> add(grid, s, text));
    return section.add(grid.table());
  }

  private static void add(Grid grid, Remembered s, boolean text) {
    String original = Words.nats(s.original());
    String unlearned = Words.nats(s.unlearned());
    String retrained = Words.nats(s.retrained());
    String above = Words.percent(s.above());
    if (text) {
      String shown = s.text() == null ? Words.NONE : s.text();
      grid.row(s.id(), s.label(), shown, original, unlearned, retrained, above);
    } else {
      grid.row(s.id(), s.label(), original, unlearned, retrained, above);
    }
  }
}
