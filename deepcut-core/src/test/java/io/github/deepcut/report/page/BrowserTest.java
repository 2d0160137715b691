package io.github.deepcut.report.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deepcut.report.AuditReport;
import io.github.deepcut.report.ExampleReport;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The report in a real browser. Its pictures are left in {@code target/report}. Skipped only where
 * there is no Chromium.
 */
@Tag("browser")
class BrowserTest {
  private static final AuditReport EXAMPLE = new ExampleReport().report();
  private static final Path SHOTS = Path.of("target", "report");
  private static final List<String> KINDS =
      List.of("losses", "roc", "latent", "classes", "relearning");
  private static final String WHOLE =
      "({x: 0, y: 0, width: innerWidth, height: document.documentElement.scrollHeight})";

  @TempDir private static Path folder;
  private static Chromium browser;

  @BeforeAll
  static void start() throws Exception {
    Optional<Path> binary = Chromium.find();
    assumeTrue(binary.isPresent(), "there is no chromium on the path");
    browser = new Chromium(binary.orElseThrow(), folder.resolve("profile"));
    Files.createDirectories(SHOTS);
  }

  @AfterAll
  static void stop() throws Exception {
    if (browser != null) {
      browser.close();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1440, 900, light",
    "1440, 900, dark",
    "768, 1024, light",
    "768, 1024, dark",
    "390, 844, light",
    "390, 844, dark"
  })
  void isLegibleOnEveryScreen(int width, int height, String scheme) throws Exception {
    browser.screen(width, height, scheme);
    Path file = open(EXAMPLE, "example.html");
    Files.write(
        SHOTS.resolve(width + "-" + scheme + ".png"), browser.screenshot(browser.evaluate(WHOLE)));
    JsonNode found = nothingWrong();
    assertThat(found.get("texts").asInt()).isGreaterThan(300);
    assertThat(browser.complaints()).isEmpty();
    assertThat(browser.requests()).containsExactly(file.toUri().toString());
    browser.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)");
    assertThat(nothingWrong().get("texts").asInt()).isGreaterThan(found.get("texts").asInt());
  }

  /** The probe finds what it looks for. */
  @Test
  void theProbeCanFail() throws Exception {
    browser.screen(768, 1024, "light");
    open(EXAMPLE, "damaged.html");
    Map<String, String> damages =
        Map.of(
            "overlap", "document.querySelector('h1').style.marginBottom = '-60px'",
            "contrast", "document.querySelector('.line.original').style.stroke = '#ddd'",
            "scroll", "document.querySelector('h2').style.width = '900px'",
            "outside", "document.querySelector('.mark').setAttribute('transform', 'scale(99)')");
    for (Map.Entry<String, String> damage : damages.entrySet()) {
      assertThat(probe().get(damage.getKey())).as(damage.getKey()).isEmpty();
      browser.evaluate(damage.getValue());
      assertThat(probe().get(damage.getKey())).as(damage.getKey()).isNotEmpty();
    }
  }

  @Test
  void textFromOutsideStaysText() throws Exception {
    browser.screen(390, 844, "light");
    open(Hostile.in(EXAMPLE, String.join(" ", Hostile.TEXTS)), "hostile.html");
    assertThat(browser.complaints()).isEmpty();
    assertThat(browser.evaluate("window.pwned === undefined").asBoolean()).isTrue();
    assertThat(browser.evaluate("document.querySelectorAll('img').length").asInt()).isZero();
    JsonNode found = probe();
    assertThat(found.get("scroll")).isEmpty();
    assertThat(found.get("overlap")).isEmpty();
  }

  @Test
  void aScriptThatIsNotItsOwnDoesNotRun() throws Exception {
    Path file = folder.resolve("injected.html");
    String injected = "<script>window.pwned = 1</script></body>";
    Files.writeString(file, Page.of(EXAMPLE).replace("</body>", injected));
    browser.open(file);
    assertThat(browser.evaluate("window.pwned === undefined").asBoolean()).isTrue();
    assertThat(browser.complaints()).isNotEmpty();
  }

  @Test
  void chartsHaveNameAndDescription() throws Exception {
    browser.screen(768, 1024, "light");
    open(EXAMPLE, "charts.html");
    for (String kind : KINDS) {
      String svg = "document.querySelector('[data-chart=" + kind + "] svg')";
      String named =
          svg
              + ".getAttribute('aria-labelledby').split(' ')"
              + ".map(i => document.getElementById(i).textContent)";
      assertThat(browser.evaluate(svg + ".getAttribute('role')").asText()).isEqualTo("img");
      assertThat(browser.evaluate(named)).hasSize(2).allMatch(t -> t.asText().length() > 5);
    }
  }

  @Test
  void chartsLookAsTheyDid() throws Exception {
    browser.screen(768, 1024, "light");
    open(EXAMPLE, "charts.html");
    browser.evaluate(each(".chart text", "e.style.visibility = 'hidden'"));
    Map<String, Thumbnail> shots = new LinkedHashMap<>();
    for (String kind : KINDS) {
      shots.put(kind, Thumbnail.of(browser, kind));
      shots.get(kind).save(kind);
    }
    browser.evaluate(
        each(".line, .band, .mark, .whisker, .chart .forgotten, .dot-forgotten", "e.remove()"));
    for (String kind : KINDS) {
      assertThat(shots.get(kind).difference(kind)).as(kind).isLessThan(Thumbnail.TOLERANCE);
      assertThat(Thumbnail.of(browser, kind).difference(kind))
          .as(kind + " without its data")
          .isGreaterThan(Thumbnail.TOLERANCE);
    }
  }

  private static String each(String selector, String action) {
    return "document.querySelectorAll('" + selector + "').forEach(e => { " + action + " })";
  }

  @Test
  void readsWithoutScripts() throws Exception {
    browser.screen(390, 844, "light");
    browser.send("Emulation.setScriptExecutionDisabled", Map.of("value", true));
    try {
      open(EXAMPLE, "scriptless.html");
      Files.write(SHOTS.resolve("390-scriptless.png"), browser.screenshot(browser.evaluate(WHOLE)));
      assertThat(browser.evaluate("document.querySelectorAll('.chart svg').length").asInt())
          .isZero();
      assertThat(browser.evaluate("document.querySelectorAll('table').length").asInt())
          .isEqualTo(7);
      assertThat(browser.evaluate("document.body.innerText").asText())
          .contains("This model treats the 150 samples", "The charts need scripts");
    } finally {
      browser.send("Emulation.setScriptExecutionDisabled", Map.of("value", false));
    }
  }

  @Test
  void prints() throws Exception {
    browser.screen(1440, 900, "light");
    open(EXAMPLE, "print.html");
    byte[] pdf = browser.pdf();
    Files.write(SHOTS.resolve("report.pdf"), pdf);
    assertThat(new String(pdf, 0, 5, StandardCharsets.US_ASCII)).isEqualTo("%PDF-");
    assertThat(pdf.length).isGreaterThan(50_000);
  }

  private static Path open(AuditReport report, String name) throws Exception {
    Path file = folder.resolve(name);
    Files.write(file, Page.of(report).getBytes(StandardCharsets.UTF_8));
    browser.open(file);
    return file;
  }

  private static JsonNode nothingWrong() throws Exception {
    JsonNode found = probe();
    for (String fault : List.of("scroll", "overlap", "contrast", "outside")) {
      assertThat(found.get(fault)).as(fault).isEmpty();
    }
    return found;
  }

  private static JsonNode probe() throws Exception {
    try (InputStream in = BrowserTest.class.getResourceAsStream("probe.js")) {
      return browser.evaluate(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }
}
