package io.github.deepcut.report.page;

import java.util.Arrays;

/** The sections in order, and links to them. */
enum Contents {
  METRICS("All the numbers"),
  LOSSES("Losses before and after"),
  ATTACK("The membership attack"),
  LATENT("Latent space"),
  CLASSES("Class by class"),
  RELEARNING("Relearning"),
  WORST("Best-remembered samples"),
  RECORD("Method and provenance"),
  GLOSSARY("Glossary");

  private final String title;

  Contents(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  String id() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  /** An empty section under its heading. */
  Tag section() {
    return Tag.of("section").with("id", id()).add(Tag.of("h2").text(title));
  }

  static Tag of() {
    return Tag.of("nav")
        .with("aria-label", "Sections")
        .add(
            Tag.of("ol")
                .addAll(
                    Arrays.stream(values())
                        .map(
                            s ->
                                Tag.of("li")
                                    .add(Tag.of("a").with("href", "#" + s.id()).text(s.title)))
                        .toList()));
  }
}
