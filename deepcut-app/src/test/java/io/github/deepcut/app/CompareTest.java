package io.github.deepcut.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareTest {
  @TempDir Path folder;

  private static Object[] compare(Tiny tiny, Path model, Object... more) {
    Object[] usual = {
      "compare",
      "--model",
      model,
      "--data",
      tiny.path("train.conll"),
      "--forget",
      "patient = 'P-1'",
      "--holdout",
      tiny.path("holdout.conll"),
      "--eval",
      tiny.path("test.conll"),
      "--trials",
      2,
      "--out",
      tiny.path("grid")
    };
    return Stream.concat(Stream.of(usual), Stream.of(more)).toArray();
  }

  @Test
  void ranksMethodsAndGoesOnWhereItStopped() throws IOException {
    Tiny tiny = Tiny.in(folder);
    Path model = tiny.tagger("model");
    Object[] grid =
        compare(tiny, model, "--methods", "fine-tune,unsir,scrub", "--seeds", "1,2", "--json");
    JsonNode first = Cli.done(grid).json();
    assertThat(first.path("table").findValuesAsText("method"))
        .containsExactlyInAnyOrder(
            "fine-tune", "scrub", "unsir", "(doing nothing)", "(retrained, another seed)");
    JsonNode last = first.path("table").get(2);
    assertThat(last.path("method").asText()).isEqualTo("unsir");
    assertThat(last.path("failed").asText()).contains("whole class");
    assertThat(first.path("table").get(0).path("average_gap").asDouble())
        .isLessThanOrEqualTo(first.path("table").get(1).path("average_gap").asDouble());
    assertThat(first.path("runs")).hasSize(6);

    Path kept = tiny.path("grid/runs/scrub-seed-1.json");
    Path lost = tiny.path("grid/runs/scrub-seed-2.json");
    List<Object> before = List.of(Files.getLastModifiedTime(kept), Files.readString(kept));
    Files.delete(lost);
    JsonNode again = Cli.done(grid).json();
    assertThat(List.of(Files.getLastModifiedTime(kept), Files.readString(kept))).isEqualTo(before);
    assertThat(again.path("table").findValuesAsText("average_gap"))
        .isEqualTo(first.path("table").findValuesAsText("average_gap"));
    assertThat(tiny.path("grid/comparison.csv")).isNotEmptyFile();

    Path other = tiny.tagger("other", "--seed", 2);
    Cli refused = Cli.run(compare(tiny, other, "--methods", "scrub", "--seeds", 1));
    assertThat(refused.status()).isEqualTo(2);
    assertThat(refused.err()).contains("holds another comparison");
  }
}
