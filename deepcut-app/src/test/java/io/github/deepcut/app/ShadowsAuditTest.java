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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** {@code deepcut audit --shadows}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ShadowsAuditTest {
  private Tiny tiny;
  private Path model;

  @BeforeAll
  void prepare(@TempDir Path folder) throws IOException {
    tiny = Tiny.in(folder);
    model = tiny.classifier("model");
    String texts = Files.readString(tiny.path("texts.jsonl"));
    Files.writeString(tiny.path("eval.jsonl"), texts.replace("\"text\": \"", "\"text\": \"new "));
  }

  private Object[] audit(Object... more) {
    List<Object> all =
        new ArrayList<>(
            List.of("audit", "--model", model, "--data", tiny.path("texts.jsonl"), "--quick"));
    all.addAll(List.of("--forget", "person < 2", "--cache", tiny.path("cache")));
    all.addAll(Arrays.asList(more));
    return all.toArray();
  }

  /** 8 forgotten samples; of 4 shadow models, 2 had each. The second request trains none. */
  @Test
  @Tag("slow")
  void attacksAndReuses() throws IOException {
    Object[] usual = {"--eval", tiny.path("eval.jsonl"), "--shadows", 4, "--jobs", 2, "--json"};
    Cli first = Cli.run(with(audit(usual), "--original", model, "--out", tiny.path("first")));
    JsonNode json = first.json();
    assertThat(first.err()).contains("0 of 4 shadow models are in");
    JsonNode test = json.at("/shadows/tests/0");
    assertThat(test.get("test").asText()).isEqualTo("LiRA (online)");
    assertThat(test.get("models_with_each").toString()).isEqualTo("[2,2]");
    assertThat(test.get("models_without_each").toString()).isEqualTo("[2,2]");
    assertThat(json.at("/metrics/lira_auc/n").asInt()).isEqualTo(8);
    assertThat(json.at("/metrics/lira_auc/unlearned").isNumber()).isTrue();
    assertThat(json.at("/metrics/lira_tpr_at_1_percent/unlearned").isNull()).isTrue();
    assertThat(json.get("because").asText()).contains("needs 100 samples never seen, found 40");
    assertThat(json.at("/metrics/iam_completeness/unlearned").isNumber()).isTrue();
    assertThat(Files.readAllLines(tiny.path("first").resolve("shadows.csv"))).hasSize(9);

    Cli second = Cli.run(with(audit(usual), "--original", model, "--out", tiny.path("second")));
    assertThat(second.err()).doesNotContain("shadow models");
    assertThat(second.json().at("/metrics/lira_auc")).isEqualTo(json.at("/metrics/lira_auc"));
  }

  private static Object[] with(Object[] arguments, Object... more) {
    List<Object> all = new ArrayList<>(Arrays.asList(arguments));
    all.addAll(Arrays.asList(more));
    return all.toArray();
  }

  @Test
  void refusesWhatCannotBeMeasured() {
    refused("--shadows needs --eval", "--shadows", 4);
    refused("--shadows is 0", "--shadows", 0);
    refused("need --shadows N");
    refused("--set needs --method", "--shadows", 4, "--eval", model, "--set", "passes=1");
  }

  private void refused(String why, Object... more) {
    Cli cli = Cli.run(with(audit(more), "--out", tiny.path("refused")));
    assertThat(cli.status()).as(cli.err()).isEqualTo(2);
    assertThat(cli.err()).contains(why);
    assertThat(tiny.path("refused")).doesNotExist();
  }
}
