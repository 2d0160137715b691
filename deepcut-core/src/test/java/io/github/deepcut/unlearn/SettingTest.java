package io.github.deepcut.unlearn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deepcut.Methods;
import io.github.deepcut.data.Task;
import io.github.deepcut.run.InputException;
import io.github.deepcut.unlearn.MethodSettings.Described;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code deepcut methods NAME} says of each setting is what its constructor holds to. */
class SettingTest {
  private static final Map<String, List<String>> INSIDE =
      Map.of(
          "> 0", List.of("1e-9", "1e9"),
          ">= 0", List.of("0", "7"),
          "0 to 1", List.of("0", "1"),
          "> 0 to 1", List.of("1e-9", "1"),
          ">= 1", List.of("1", "7"),
          "true, false", List.of("true", "false"));

  private static final Map<String, List<String>> OUTSIDE =
      Map.of(
          "> 0", List.of("0", "-1", "NaN"),
          ">= 0", List.of("-1", "NaN"),
          "0 to 1", List.of("-1e-9", "1.001"),
          "> 0 to 1", List.of("0", "1.001"),
          ">= 1", List.of("0", "1.5"),
          "true, false", List.of("maybe"));

  static Stream<String> methods() {
    return Methods.names().stream();
  }

  @ParameterizedTest
  @MethodSource("methods")
  void everySettingHasARangeThatIsKeptAndASentence(String method) {
    assertThat(Methods.about(method)).map(About::what).get().asString().isNotBlank();
    Map<String, Described> all = Methods.described(method);
    assertThat(all.keySet()).isEqualTo(Methods.settings(method, Task.CLASSIFY).keySet());
    all.forEach(
        (key, is) -> {
          assertThat(is.what()).as(key).isNotBlank().doesNotEndWith(".");
          if (key.equals("stop")) {
            return;
          }
          for (String value :
              INSIDE.getOrDefault(is.range(), List.of(is.range().split(", ", 2)[0]))) {
            assertThatCode(() -> Methods.create(method, Task.CLASSIFY, Map.of(key, value)))
                .as("%s=%s", key, value)
                .doesNotThrowAnyException();
          }
          for (String value : OUTSIDE.getOrDefault(is.range(), List.of("none"))) {
            assertThatThrownBy(() -> Methods.create(method, Task.CLASSIFY, Map.of(key, value)))
                .as("%s=%s", key, value)
                .isInstanceOf(InputException.class);
          }
        });
  }
}
