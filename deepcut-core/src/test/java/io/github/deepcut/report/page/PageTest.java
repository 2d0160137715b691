package io.github.deepcut.report.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.deepcut.report.AuditReport;
import io.github.deepcut.report.AuditReport.Figures;
import io.github.deepcut.report.ExampleReport;
import io.github.deepcut.report.figure.Part;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class PageTest {
  private static final AuditReport EXAMPLE = new ExampleReport().report();
  private static final Pattern TAG = Pattern.compile("<[^>]*>");
  private static final List<String> PLAIN = tags(Page.of(Hostile.in(EXAMPLE, "plain")));

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.oneOf(
        Arbitraries.of(Hostile.TEXTS),
        Arbitraries.strings().withChars("<>&\"'/!-=; \u0000\u202e\ud83dab").ofMaxLength(40),
        Arbitraries.strings().ofMaxLength(20));
  }

  /** No text can open, close or change a tag: the page has the same tags whatever it says. */
  @Property(tries = 20)
  void noTextBecomesMarkup(@ForAll("texts") String text) throws Exception {
    String page = Page.of(Hostile.in(EXAMPLE, text));
    assertThat(tags(page)).isEqualTo(PLAIN);
    String json = data(page);
    assertThat(json).doesNotContain("<", ">", "&");
    JsonNode shown = new ObjectMapper().readTree(json).at("/worst/0/text");
    assertThat(shown).isEqualTo(new ObjectMapper().readTree(quoted(text)));
  }

  /** What is escaped reads as what it was, save for what HTML forbids. */
  @Property
  void escapedTextReadsTheSame(@ForAll("texts") String text) {
    String escaped = Tag.escape(text);
    assertThat(escaped).doesNotContain("<", ">", "\"", "'");
    String read =
        escaped
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&quot;", "\"")
            .replace("&#39;", "'")
            .replace("&amp;", "&");
    String forbidden = "[\\p{Cc}\\p{Cs}\\u202a-\\u202e\\u2066-\\u2069&&[^\n\t]]";
    assertThat(read).isEqualTo(text.replaceAll(forbidden, "\ufffd"));
  }

  @Test
  void saysWhyAPartIsMissing() {
    Figures none =
        new Figures(
            Part.missing("No losses <here>."),
            Part.missing("No attack here."),
            Part.missing("No embeddings here."),
            Part.missing("No classes here."),
            Part.missing("No relearning here."),
            Part.missing("No samples here."));
    String page =
        Page.of(new AuditReport(EXAMPLE.run(), none, Part.missing("No method."), List.of()));
    assertThat(page)
        .contains("No losses &lt;here&gt;.", "No attack here.", "No embeddings here.")
        .contains("No classes here.", "No relearning here.", "No samples here.", "No method.")
        .doesNotContain("data-chart=");
  }

  @Test
  void textsOfSamplesAreShownOnlyIfAskedFor() {
    String secret = EXAMPLE.figures().worst().found().orElseThrow().get(0).text();
    assertThat(Page.of(EXAMPLE)).contains(secret);
    assertThat(Page.of(EXAMPLE.redacted())).doesNotContain(secret).contains("--show-text");
  }

  @Test
  void isOneFileThatLoadsNothing() {
    String page = Page.of(EXAMPLE);
    assertThat(page.length()).isLessThan(1 << 20);
    assertThat(page)
        .contains("default-src &#39;none&#39;")
        .contains("Copyright 2010-2023 Mike Bostock", "permission notice appear in all copies");
    assertThat(tags(page)).noneMatch(t -> t.matches("(?s)<(link|img|iframe|script src).*"));
    assertThat(Page.of(EXAMPLE)).isEqualTo(page);
  }

  @Test
  void codeCannotEndItsElement() {
    assertThatThrownBy(() -> Tag.of("script").code("'</ScRipt>'"))
        .hasMessageContaining("would end it");
  }

  /** The tags outside of the scripts. */
  private static List<String> tags(String page) {
    String markup =
        Pattern.compile("(<(script|style)[^>]*>).*?(</\\2>)", Pattern.DOTALL)
            .matcher(page)
            .replaceAll("$1$3");
    return TAG.matcher(markup).results().map(MatchResult::group).toList();
  }

  private static String data(String page) {
    String start = "id=\"data\">";
    int from = page.indexOf(start) + start.length();
    return page.substring(from, page.indexOf("</script>", from));
  }

  private static String quoted(String text) throws Exception {
    return new ObjectMapper().writeValueAsString(text);
  }
}
