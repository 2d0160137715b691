package io.github.deepcut.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** {@code deepcut siblings}, and what {@code deepcut unlearn} makes of them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SiblingsTest {
  private Tiny tiny;
  private Path model;

  @BeforeAll
  void train(@TempDir Path folder) throws IOException {
    tiny = Tiny.in(folder);
    model = tiny.tagger("model");
  }

  private Cli deepcut(String command, String cache, Object... more) {
    List<Object> all =
        new ArrayList<>(
            List.of(command, "--model", model, "--data", tiny.path("train.conll"), "--holdout"));
    all.addAll(List.of(tiny.path("holdout.conll"), "--sibling-cache", tiny.path(cache)));
    all.addAll(Arrays.asList(more));
    return Cli.run(all.toArray());
  }

  private Cli unlearn(String cache, String out, Object... more) {
    List<Object> all = new ArrayList<>(List.of("--forget", "patient = 'P-1'", "--set", "passes=2"));
    all.addAll(List.of("--allow-collapse", "--json", "--out", tiny.path(out)));
    all.addAll(Arrays.asList(more));
    return deepcut("unlearn", cache, all.toArray());
  }

  @Test
  void aPatientIsForgottenByThoseThatNeverSawHim() throws IOException {
    Cli made =
        deepcut("siblings", "cache", "--unit", "patient", "--folds", 4, "--jobs", 2, "--json");
    assertThat(made.status()).as(made.err()).isZero();
    assertThat(made.json().get("siblings").asInt()).isEqualTo(4);
    assertThat(made.json().get("largest_fold").asInt()).isEqualTo(12);

    Cli forgotten = unlearn("cache", "forgotten");
    assertThat(forgotten.status()).as(forgotten.err()).isZero();
    JsonNode siblings = forgotten.json().get("siblings");
    assertThat(siblings.get("unit").asText()).isEqualTo("patient");
    assertThat(siblings.get("used").asBoolean()).as("%s", siblings).isTrue();
    assertThat(siblings.get("misfit_percent").asInt()).as("he was out whole").isZero();
    assertThat(forgotten.err())
        .contains("siblings (unit patient, 4 folds, 1 rounds)")
        .contains("what siblings said of the forgotten rows was deleted");

    Cli again = unlearn("cache", "again");
    assertThat(again.json().get("siblings").isNull()).as("nothing is left of him").isTrue();

    Path certificate = tiny.path("forgotten").resolve("certificate.json");
    Cli replay =
        Cli.run(
            "verify",
            certificate,
            "--model",
            tiny.path("forgotten"),
            "--replay",
            "--data",
            tiny.path("train.conll"),
            "--salt",
            salt("forgotten"));
    assertThat(replay.status()).as(replay.out() + replay.err()).isZero();
    assertThat(replay.out()).contains("replayed: every tensor is the same to the last bit");
    assertThat(tiny.path("forgotten.replay.siblings")).doesNotExist();
  }

  @Test
  void refusesBeforeItTrains() {
    Object[] train = {
      "train",
      "--task",
      "ner",
      "--model",
      tiny.path("base"),
      "--data",
      tiny.path("train.conll"),
      "--out",
      tiny.path("refused"),
      "--siblings",
      "doctor"
    };
    Cli cli = Cli.run(train);
    assertThat(cli.status()).isEqualTo(2);
    assertThat(cli.err()).contains("--unit doctor: ").contains("has no such column");
    assertThat(tiny.path("refused")).doesNotExist();
  }

  /** Rows that were left out one by one do not tell what a model says that never saw a person. */
  @Test
  void whatDoesNotFitIsNotUsedUnasked() throws IOException {
    assertThat(deepcut("siblings", "rows", "--folds", 3, "--jobs", 2).status()).isZero();
    Cli cli = unlearn("rows", "estimated");
    assertThat(cli.json().at("/siblings/used").asBoolean()).isFalse();
    assertThat(cli.err()).contains("too much; siblings of another --unit may fit");
  }

  @Test
  void refusesToAskSiblingsThatAreNotThere() {
    Cli cli = unlearn("none", "none", "--set", "targets=siblings");
    assertThat(cli.status()).isEqualTo(2);
    assertThat(cli.err()).contains("targets=siblings: none are known of this model and these rows");
    assertThat(tiny.path("none")).doesNotExist();
  }

  private Path salt(String name) throws IOException {
    try (var files = Files.list(tiny.folder())) {
      return files
          .filter(f -> f.getFileName().toString().startsWith(name + ".certificate."))
          .findFirst()
          .orElseThrow();
    }
  }
}
