package io.github.deepcut.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What commands say and do where rows are twice. */
class CopiesTest {
  @TempDir static Path folder;
  private static Tiny tiny;
  private static Path model;

  @BeforeAll
  static void train() throws IOException {
    tiny = Tiny.in(folder);
    model = tiny.tagger("model");
    String train = Files.readString(tiny.path("train.conll"));
    String test = Files.readString(tiny.path("test.conll"));
    Files.writeString(tiny.path("contaminated.conll"), test + ofPatient(train, "P-1"));
    Files.writeString(tiny.path("once.conll"), train);
    String copies = ofPatient(train, "P-1").replace("P-1", "P-9");
    Files.writeString(tiny.path("train.conll"), train + copies);
  }

  private static String ofPatient(String notes, String patient) {
    return notes
        .lines()
        .dropWhile(line -> !line.equals("# patient = " + patient))
        .takeWhile(line -> !line.startsWith("#") || line.endsWith(patient))
        .collect(Collectors.joining("\n", "", "\n\n"));
  }

  /** All 12 sentences of a patient lie in the test data, too: whoever judges by them says no. */
  @Test
  void testDataThatHoldTheForgottenAreRefusedByEveryVerdict() {
    Path bad = tiny.path("contaminated.conll");
    String why =
        "contaminated.conll holds 12 of the 12 rows to forget of once.conll, exactly or nearly (as"
            + " ids 48, 49, 50 and 9 more; there 12, 13, 14 and 9 more)";
    Path train = tiny.path("once.conll");
    refused(
        why, "unlearn", "--holdout", tiny.path("holdout.conll"), "--eval", bad, "--data", train);
    refused(why, "audit", "--eval", bad, "--data", train);
    refused(why, "audit", "--holdout", bad, "--data", train);
    refused(
        why, "compare", "--holdout", tiny.path("holdout.conll"), "--eval", bad, "--data", train);
  }

  private static void refused(String why, String command, Object... more) {
    Path out = tiny.path("refused");
    Cli cli =
        Cli.run(
            Stream.concat(
                    Stream.of(
                        command, "--model", model, "--forget", "patient = 'P-1'", "--out", out),
                    Stream.of(more))
                .toArray());
    assertThat(cli.status()).as(cli.err()).isEqualTo(2);
    assertThat(cli.err()).contains("deepcut: " + why);
    assertThat(out).doesNotExist();
  }

  @Test
  void copiesAmongTheRetainedAreToldAndCounted() throws IOException {
    Cli cli = Cli.done(tiny.unlearn(model, tiny.path("alone"), "--no-certificate", "--json"));
    assertThat(cli.err())
        .contains(
            "note: 12 of the 12 rows to forget have an exact copy among the retained ones: what"
                + " they say stays in the training data; unlearn --with-duplicates takes the copies along"
                + " (12)");
    JsonNode examples = cli.json().get("examples");
    assertThat(examples.at("/copies/forgotten/exact").asInt()).isEqualTo(12);
    assertThat(examples.at("/copies/retained/exact").asInt()).isEqualTo(12);
    assertThat(examples.get("forget").asInt()).isEqualTo(12);
  }

  @Test
  void copiesAreTakenAlong() throws IOException {
    Path out = tiny.path("along");
    Cli cli = Cli.done(tiny.unlearn(model, out, "--no-certificate", "--with-duplicates", "--json"));
    assertThat(cli.err()).doesNotContain("exact copy among");
    JsonNode examples = cli.json().get("examples");
    assertThat(examples.get("forget").asInt()).isEqualTo(24);
    assertThat(examples.get("retain").asInt()).isEqualTo(36);
    assertThat(examples.at("/copies/forgotten/exact").asInt()).isZero();
  }

  @Test
  void theAuditsReportTellsThem() throws IOException {
    Path out = tiny.path("audit");
    Cli.done(
        "audit",
        "--model",
        model,
        "--data",
        tiny.path("train.conll"),
        "--forget",
        "patient = 'P-1'",
        "--eval",
        tiny.path("test.conll"),
        "--quick",
        "--out",
        out);
    assertThat(Files.readString(out.resolve("report.html")))
        .contains("12 of the 12 rows to forget have an exact copy among the retained ones");
    assertThat(Files.readString(out.resolve("audit.json"))).contains("\"copies\"");
  }
}
