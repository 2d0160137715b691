package io.github.deepcut.report.page;

import io.github.deepcut.report.figure.ModelRole;
import io.github.deepcut.report.figure.Part;
import java.util.List;
import java.util.function.Function;

/**
 * A section with a chart: what it shows, the place where the script draws it, and its numbers as a
 * table.
 *
 * @param kind as the script knows it
 * @param summary what it shows, for those who do not see it
 * @param lead how to read it
 */
record Chart(Contents contents, String kind, String summary, String lead) {

  /** The section, or one sentence on why there is nothing to draw. */
  <T> Tag section(Part<T> part, Tag legend, Function<T, Tag> table) {
    Tag section = contents.section();
    if (part instanceof Part.Missing<T> missing) {
      return section.add(Tag.of("p", "missing").text(missing.reason()));
    }
    T found = part.found().orElseThrow();
    return section.add(
        Tag.of("p").text(lead),
        Tag.of("figure")
            .add(
                legend,
                Tag.of("div", "chart")
                    .with("data-chart", kind)
                    .with("data-title", contents.title())
                    .with("data-summary", summary),
                Tag.of("details")
                    .add(
                        Tag.of("summary").text("The numbers behind this chart"),
                        table.apply(found))));
  }

  /** The models' marks and names. */
  static Tag legend(List<ModelRole> models, String... others) {
    Tag list = Tag.of("ul", "legend");
    for (ModelRole model : models) {
      list.add(item(model.key(), name(model)));
    }
    for (int i = 0; i < others.length; i += 2) {
      list.add(item(others[i], others[i + 1]));
    }
    return list;
  }

  private static Tag item(String cssClass, String text) {
    return Tag.of("li")
        .add(Tag.of("span", "swatch " + cssClass).with("aria-hidden", "true"))
        .add(Tag.of("span").text(text));
  }

  static String name(ModelRole model) {
    return switch (model) {
      case ORIGINAL -> "Original";
      case UNLEARNED -> "Unlearned";
      case RETRAINED -> "Retrained";
    };
  }
}
