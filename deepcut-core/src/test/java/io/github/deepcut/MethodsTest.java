package io.github.deepcut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deepcut.data.Task;
import io.github.deepcut.run.InputException;
import io.github.deepcut.unlearn.baseline.ContrastiveUnlearning;
import io.github.deepcut.unlearn.baseline.NegGradPlus;
import io.github.deepcut.unlearn.deepcut.DeepCut;
import io.github.deepcut.unlearn.deepcut.DeepCutSettings;
import io.github.deepcut.unlearn.loop.OptimizerSettings;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MethodsTest {

  @Test
  void theListedSettingsAreTheDefaults() {
    var choice = Methods.create("deepcut", Task.NER, Methods.settings("deepcut", Task.NER));
    assertThat(choice.method()).isEqualTo(new DeepCut(DeepCutSettings.forWords()));
    assertThat(choice.stop()).isEqualTo(Erasure.Stop.NEVER);
  }

  @Test
  void everyMethodIsListedAndTakesItsOwnSettings() {
    assertThat(Methods.names())
        .startsWith("deepcut", "contrastive-unlearning", "retrain")
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
    var choice =
        Methods.create(
            "deepcut",
            Task.CLASSIFY,
            Map.of(
                "push",
                "plain",
                "contrast",
                "BATCH",
                "temperature",
                "0.2",
                "passes",
                "3",
                "neighbours",
                "8",
                "loss",
                "negated_focl",
                "stop",
                "paper"));
    DeepCutSettings s = ((DeepCut) choice.method()).settings();
    assertThat(s.push()).isEqualTo(DeepCutSettings.PushKind.PLAIN);
    assertThat(s.contrast()).isEqualTo(DeepCutSettings.ContrastSet.BATCH);
    assertThat(s.temperature()).isEqualTo(0.2);
    assertThat(s.unseen().neighbours()).isEqualTo(8);
    assertThat(choice.stop()).isEqualTo(Erasure.Stop.PAPER);
  }

  @Test
  void aClassOfImagesHasDefaultsOfItsOwn() {
    String cu = "contrastive-unlearning";
    var ofClass = Methods.create(cu, Task.IMAGE, true, Map.of("retain_batches", "3"));
    assertThat(ofClass.stop()).isEqualTo(Erasure.Stop.CLASS);
    var method = (ContrastiveUnlearning) ofClass.method();
    assertThat(method.descent()).isEqualTo(ContrastiveUnlearning.ofClass().descent());
    assertThat(method.descent().passes()).isEqualTo(1);
    assertThat(method.retainBatches()).isEqualTo(3);
    assertThat(Methods.create(cu, Task.IMAGE, Map.of()).stop()).isEqualTo(Erasure.Stop.PAPER);
    assertThat(Methods.create(cu, Task.CLASSIFY, true, Map.of()))
        .isEqualTo(Methods.create(cu, Task.CLASSIFY, Map.of()));
  }

  @Test
  void thePlainFormBringsItsOwnDefaults() {
    var choice = Methods.create("deepcut", Task.NER, Map.of("push", "plain", "gamma", "0.5"));
    assertThat(choice.stop()).isEqualTo(Erasure.Stop.INDISTINGUISHABLE);
    DeepCutSettings s = ((DeepCut) choice.method()).settings();
    assertThat(s.gamma()).isEqualTo(0.5);
    assertThat(s.distill()).isZero();
    assertThat(s.gammaGain()).isZero();
    assertThat(s.corruption()).isZero();
  }

  @Test
  void wrongOnesSayWhatIsRight() {
    wrong(Map.of("temperature", "-1"), "temperature is -1.0, expected a number > 0");
    wrong(Map.of("distill_temperature", "0"), "distill_temperature is 0.0, expected a number > 0");
    wrong(Map.of("tau", "1"), "--set tau=1: no such setting of deepcut; there are stop,");
    wrong(Map.of("peers", "-1"), "peers is -1, expected a whole number >= 0");
    wrong(
        Map.of("views", "2"), "views is 2 and dropout false: without dropout all views are alike");
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
