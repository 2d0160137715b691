package io.github.deepcut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deepcut.data.Task;
import io.github.deepcut.run.InputException;
import io.github.deepcut.stop.Stop;
import io.github.deepcut.unlearn.baseline.ContrastiveUnlearning;
import io.github.deepcut.unlearn.baseline.NegGradPlus;
import io.github.deepcut.unlearn.deepcut.DeepCut;
import io.github.deepcut.unlearn.deepcut.Retention;
import io.github.deepcut.unlearn.deepcut.target.Targets;
import io.github.deepcut.unlearn.loop.OptimizerSettings;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class MethodsTest {

  @Test
  void theListedSettingsAreTheDefaults() {
    var choice = Methods.create("deepcut", Task.NER, Methods.settings("deepcut", Task.NER));
    assertThat(choice.method()).isEqualTo(DeepCut.defaults(Task.NER));
    assertThat(choice.stop()).isEqualTo(Stop.NEVER);
  }

  @Test
  void everyMethodIsListedAndTakesItsOwnSettings() {
    assertThat(Methods.names())
        .startsWith("deepcut", "deepcut-paper", "contrastive-unlearning", "retrain")
        .contains("neggrad-plus", "kl-to-uniform", "boundary-expand", "coun")
        .doesNotHaveDuplicates();
    for (String name : Methods.names()) {
      for (Task task : Task.values()) {
        Map<String, String> settings = Methods.settings(name, task);
        var choice = Methods.create(name, task, settings);
        assertThat(choice).isEqualTo(Methods.create(name, task, Map.of()));
        assertThat(choice.method().name()).isEqualTo(name);
        assertThat(settings.get("stop")).isEqualTo(choice.stop().key());
      }
    }
  }

  @Test
  void settingsOfRecordsWithinRecordsAreOnOneLevel() {
    var changed = Map.of("alpha", "0.9", "optimizer", "sgd", "learning_rate", "0.5", "passes", "7");
    var method = (NegGradPlus) Methods.create("neggrad-plus", Task.IMAGE, changed).method();
    assertThat(method.alpha()).isEqualTo(0.9);
    assertThat(method.descent())
        .isEqualTo(
            new OptimizerSettings(OptimizerSettings.Kind.SGD, 0.5, 1, 0.9, 5e-4, 0, false, 7, 128));
  }

  @Test
  void everyMethodChecksItsSettings() {
    wrong("neggrad-plus", "alpha", "1.5", "--set: alpha is 1.5, expected 0 to 1");
    wrong("fine-tune", "passes", "0", "--set: passes is 0, expected a whole number >= 1");
    wrong("salun", "learning_rate", "-1", "--set: learning_rate is -1.0, expected a number >= 0");
    wrong("scrub", "temperature", "0", "--set: temperature is 0.0, expected a number > 0");
    wrong("ssd", "passes", "2", "--set passes=2: no such setting of ssd; there are stop, alpha,");
    wrong("retrain", "passes", "2", "no such setting of retrain; there are stop");
  }

  private static void wrong(String method, String key, String value, String message) {
    for (Task task : Task.values()) {
      assertThatThrownBy(() -> Methods.create(method, task, Map.of(key, value)))
          .isInstanceOf(InputException.class)
          .hasMessageContaining(message);
    }
  }

  @Test
  void everySettingCanBeChanged() {
    Map<String, String> settings =
        Map.of(
            "targets", "ESTIMATED", "gamma", "0.3", "passes", "3", "peers", "8", "stop", "paper");
    var choice = Methods.create("deepcut", Task.NER, settings);
    DeepCut method = (DeepCut) choice.method();
    assertThat(method.targets().targets()).isEqualTo(Targets.Source.ESTIMATED);
    assertThat(method.forgetting().gamma()).isEqualTo(0.3);
    assertThat(method.steps().passes()).isEqualTo(3);
    assertThat(method.targets().estimate().peers()).isEqualTo(8);
    assertThat(method.retention()).isEqualTo(Retention.defaults(Task.NER));
    assertThat(choice.stop()).isEqualTo(Stop.PAPER);
  }

  /** What {@code deepcut methods} of 0.1.0 listed for sentences, and is as it was. */
  private static final String OF_0_1_0 =
      "stop=never push=calibrated loss=deepcut temperature=0.1 pull=1.0 softness=1.0"
          + " optimizer=adamw learning_rate=0.0"
          + " relative_rate=0.7 decay=true passes=12 min_steps=40 most_steps=0 batch_size=32"
          + " retain_batches=1 dropout=false views=1"
          + " class_cap=64 hard_mixing=0 anchor_background=true train_embeddings=true"
          + " train_layers=0 neighbours=64 sharpness=10.0 own_weight=1.0"
          + " held_out=1000 peers=0";

  @Test
  void settingsOf010AreTakenWhereTheyChangeNothing() {
    Map<String, String> all =
        Arrays.stream(OF_0_1_0.split(" ", -1))
            .collect(Collectors.toMap(s -> s.split("=", -1)[0], s -> s.split("=", -1)[1]));
    assertThat(Methods.create("deepcut", Task.CLASSIFY, all))
        .isEqualTo(Methods.create("deepcut", Task.CLASSIFY, Map.of("passes", "12")));
  }

  @Test
  void otherValuesOfFormerSettingsSayWhatToWriteNow() {
    wrong(
        Map.of("push", "plain"),
        "--set push=plain: a setting of deepcut no more, fixed at calibrated; for plain write"
            + " --method deepcut-paper");
    wrong(
        Map.of("temperature", "-1"),
        "--set temperature=-1: a setting of deepcut no more, fixed at 0.1; --method deepcut-paper"
            + " has it");
    wrong(Map.of("learning_rate", "1e-4"), "fixed at 0; write relative_rate, times the training's");
    wrong(Map.of("optimizer", "sgd"), "fixed at adamw");
    wrong(Map.of("views", "2"), "fixed at 1");
    wrong(Map.of("shrink", "0.97"), "fixed at 1; nothing has taken its place");
    wrong(
        Map.of("gamma_gain", "0.5"),
        "--set gamma_gain=0.5: a setting of deepcut no more: it moves log losses now, and nothing"
            + " has taken its place");
  }

  @Test
  void aClassOfImagesHasDefaultsOfItsOwn() {
    String cu = "contrastive-unlearning";
    var ofClass = Methods.create(cu, Task.IMAGE, true, Map.of("retain_batches", "3"));
    assertThat(ofClass.stop()).isEqualTo(Stop.CLASS);
    var method = (ContrastiveUnlearning) ofClass.method();
    assertThat(method.descent()).isEqualTo(ContrastiveUnlearning.ofClass().descent());
    assertThat(method.descent().passes()).isEqualTo(1);
    assertThat(method.retainBatches()).isEqualTo(3);
    assertThat(Methods.create(cu, Task.IMAGE, Map.of()).stop()).isEqualTo(Stop.PAPER);
    assertThat(Methods.create(cu, Task.CLASSIFY, true, Map.of()))
        .isEqualTo(Methods.create(cu, Task.CLASSIFY, Map.of()));
  }

  @Test
  void wrongOnesSayWhatIsRight() {
    wrong(Map.of("gamma", "-1"), "gamma is -1.0, expected a number > 0");
    wrong(Map.of("distill_temperature", "0"), "distill_temperature is 0.0, expected a number > 0");
    wrong(Map.of("tau", "1"), "--set tau=1: no such setting of deepcut; there are stop,");
    wrong(Map.of("peers", "-1"), "peers is -1, expected a whole number >= 0");
    wrong(Map.of("passes", "two"), "two");
    wrong(Map.of("passes", "1.5"), "1.5");
    wrong(Map.of("contrast", "some"), "some");
    wrong(
        Map.of("stop", "soon"),
        "--set stop=soon: expected indistinguishable, paper, class or never");
    assertThatThrownBy(() -> Methods.create("magic", Task.NER, Map.of()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("--method magic");
  }

  private static void wrong(Map<String, String> settings, String message) {
    assertThatThrownBy(() -> Methods.create("deepcut", Task.CLASSIFY, settings))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(message);
  }
}
