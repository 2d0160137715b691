package io.github.deepcut.report.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.deepcut.report.AuditJson;
import io.github.deepcut.report.AuditReport;

/**
 * An audit as one self-contained HTML file. It loads nothing: its content security policy forbids
 * it, and lets no script run but the two that are written here, by their hashes. Without scripts
 * all texts and tables are there; the charts are not.
 */
public final class Page {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Page() {}

  /** The file's text. */
  public static String of(AuditReport report) {
    String d3 = Assets.d3();
    String script = Assets.script();
    Tag head =
        Tag.of("head")
            .add(
                Tag.of("meta").with("charset", "utf-8"),
                Tag.of("meta")
                    .with("http-equiv", "Content-Security-Policy")
                    .with("content", policy(d3, script)),
                meta("viewport", "width=device-width, initial-scale=1"),
                meta("color-scheme", "light dark"),
                meta("robots", "noindex"),
                meta("referrer", "no-referrer"),
                Tag.of("title")
                    .text("Unlearning audit: " + report.run().verdict().outcome().text()),
                Tag.of("style").code(Assets.style()));
    Tag body =
        Tag.of("body")
            .add(
                Tag.of("main")
                    .add(FirstScreen.of(report.run()))
                    .add(
                        Tag.of("noscript")
                            .add(
                                Tag.of("p", "missing")
                                    .text(
                                        "The charts need scripts; their numbers are in the tables"
                                            + " beneath.")))
                    .add(Contents.of())
                    .addAll(Sections.of(report)),
                Tag.of("script")
                    .with("type", "application/json")
                    .with("id", "data")
                    .code(data(report)),
                Tag.of("script").code(d3),
                Tag.of("script").code(script));
    return "<!DOCTYPE html>\n" + Tag.of("html").with("lang", "en").add(head, body) + "\n";
  }

  private static Tag meta(String name, String content) {
    return Tag.of("meta").with("name", name).with("content", content);
  }

  private static String policy(String... scripts) {
    StringBuilder hashes = new StringBuilder();
    for (String script : scripts) {
      hashes.append(' ').append(Assets.sha256(script));
    }
    return "default-src 'none'; style-src 'unsafe-inline'; script-src"
        + hashes
        + "; base-uri 'none'; form-action 'none'";
  }

  /** JSON without a character that HTML reads: in JSON these stand in strings alone. */
  private static String data(AuditReport report) {
    try {
      return MAPPER
          .writeValueAsString(new AuditJson(MAPPER).figures(report.figures()))
          .replace("&", "\\u0026")
          .replace("<", "\\u003c")
          .replace(">", "\\u003e");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
