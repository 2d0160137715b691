package io.github.deepcut.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deepcut.Methods;
import io.github.deepcut.data.Task;
import io.github.deepcut.run.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SearchSpaceTest {
  @TempDir Path dir;

  /** Each method can be set up with whatever is drawn for it, and each has something to tune. */
  @ParameterizedTest
  @EnumSource(Task.class)
  void whatIsDrawnIsASettingOfTheMethod(Task task) {
    SearchSpace space = SearchSpace.standard(task);
    assertThat(Methods.names()).containsAll(space.methods().keySet());
    for (String method : Methods.names()) {
      for (int t = 0; t < 20; t++) {
        Map<String, String> drawn = space.draw(method, new SplittableRandom(t));
        Methods.create(method, task, drawn);
        assertThat(drawn.isEmpty())
            .as(method)
            .isEqualTo(Set.of("retrain", "sisa").contains(method));
      }
    }
  }

  @Test
  void aLogarithmicRangeIsEvenOverItsDecades() {
    Range range = new Range.LogUniform(0.01, 1);
    SplittableRandom random = new SplittableRandom(1);
    double[] drawn =
        random.ints(2000).mapToDouble(i -> Double.parseDouble(range.draw(random))).toArray();
    assertThat(Arrays.stream(drawn)).allMatch(x -> x >= 0.01 && x <= 1);
    assertThat(Arrays.stream(drawn).filter(x -> x < 0.1).count()).isBetween(900L, 1100L);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{\"ner\": {}};no object 'classify'",
        "{\"classify\": {\"scrub\": {\"alpha\": []}}};alpha of scrub: a list of no values",
        "{\"classify\": {\"scrub\": {\"alpha\": 3}}};alpha of scrub: 3 is no range",
        "{\"classify\": {\"scrub\": {\"alpha\": {\"log\": [2, 1]}}}};expected 0 < from < to",
        "{;cannot be read as JSON"
      })
  void aWrongFileIsRefused(String json, String why) throws IOException {
    Path file = Files.writeString(dir.resolve("spaces.json"), json);
    assertThatThrownBy(() -> SearchSpace.read(file, Task.CLASSIFY))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(why)
        .hasMessageContaining("spaces.json");
  }
}
