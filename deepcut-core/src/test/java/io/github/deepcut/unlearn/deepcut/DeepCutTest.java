package io.github.deepcut.unlearn.deepcut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.github.deepcut.Methods;
import io.github.deepcut.TinyModels;
import io.github.deepcut.data.Input;
import io.github.deepcut.data.Sequence;
import io.github.deepcut.data.Task;
import io.github.deepcut.model.Classifier;
import io.github.deepcut.model.Predictor;
import io.github.deepcut.model.transformer.TextClassifier;
import io.github.deepcut.run.InputException;
import io.github.deepcut.run.Run;
import io.github.deepcut.train.Recipe;
import io.github.deepcut.train.Trainer;
import io.github.deepcut.unlearn.StopRule;
import io.github.deepcut.unlearn.StopRule.Judgement;
import io.github.deepcut.unlearn.UnlearningData;
import io.github.deepcut.unlearn.loop.OptimizerSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DeepCutTest {
  private static final List<String> LABELS = List.of("a", "b", "c");
  private static final List<String> TAGS = List.of("O", "B-X", "I-X", "B-Y");

  private static TextClassifier trained(Task task, List<Sequence> data) {
    TextClassifier model = TinyModels.classifier(task, task == Task.NER ? TAGS : LABELS, 1);
    Recipe recipe = new Recipe(8, 16, 5e-3, 0.1, 0.01, 1, 0, 32, false, 1);
    new Trainer(recipe).train(model, data, null, Run.of(1));
    return model;
  }

  private static List<Sequence> data(Task task, int n, long seed) {
    return task == Task.NER ? TinyModels.tagged(n, 3, seed) : TinyModels.sentences(n, 3, seed);
  }

  private static UnlearningData sets(Task task) {
    List<Sequence> train = data(task, 200, 1);
    return new UnlearningData(
        train.subList(0, 10), train.subList(10, 200), data(task, 100, 2), 5e-3);
  }

  private static double meanLoss(Classifier model, List<? extends Input> rows) {
    return Arrays.stream(new Predictor().rows(model, rows))
        .flatMap(Arrays::stream)
        .mapToDouble(p -> p.loss())
        .average()
        .orElseThrow();
  }

  private static DeepCut method(Task task, String... settings) {
    Map<String, String> map = new java.util.HashMap<>();
    for (String s : settings) {
      map.put(s.substring(0, s.indexOf('=')), s.substring(s.indexOf('=') + 1));
    }
    return (DeepCut) Methods.create("deepcut", task, map).method();
  }

  @ParameterizedTest
  @EnumSource(names = {"CLASSIFY", "NER"})
  void thePaperRaisesTheLossOfForgottenSamples(Task task) {
    double control = forgetLossAfter(task, 1e-9);
    assertThat(forgetLossAfter(task, 1)).isGreaterThan(control + 0.1);
  }

  private static double forgetLossAfter(Task task, double gamma) {
    UnlearningData sets = sets(task);
    TextClassifier model = trained(task, data(task, 200, 1));
    new DeepCutPaper(gamma, 0.1, 2, 2, OptimizerSettings.adamW(0.3, 10))
        .unlearn(model, sets, StopRule.never(), Run.of(1));
    return meanLoss(model, sets.forget());
  }

  @Test
  void inBfloat16ItForgetsAsMuch() {
    double[] loss = new double[2];
    for (int bf16 = 0; bf16 < 2; bf16++) {
      UnlearningData s = sets(Task.CLASSIFY);
      TextClassifier model = trained(Task.CLASSIFY, data(Task.CLASSIFY, 200, 1));
      method(Task.CLASSIFY)
          .unlearn(
              model,
              new UnlearningData(s.forget(), s.retain(), s.heldOut(), s.learningRate(), bf16 == 1),
              StopRule.never(),
              Run.of(1));
      loss[bf16] = meanLoss(model, s.forget());
    }
    assertThat(loss[1]).isNotEqualTo(loss[0]).isCloseTo(loss[0], withinPercentage(25));
  }

  @Test
  void theSameSeedGivesTheSameTensors() {
    for (Task task : Task.values()) {
      assertThat(unlearned(task, 5)).isEqualTo(unlearned(task, 5)).isNotEqualTo(unlearned(task, 6));
    }
  }

  private static int unlearned(Task task, long seed) {
    TextClassifier model = trained(task, data(task, 200, 1));
    method(task).unlearn(model, sets(task), StopRule.never(), Run.of(seed));
    return TinyModels.bits(model.weights());
  }

  @Test
  void theBestWeightsComeBackWhenALaterPassOvershoots() {
    TextClassifier model = trained(Task.CLASSIFY, data(Task.CLASSIFY, 200, 1));
    List<Integer> seen = new ArrayList<>();
    double[] distances = {5, 4, 1, 2, 3};
    StopRule rule =
        (m, pass) -> {
          seen.add(TinyModels.bits(m.weights()));
          return new Judgement(distances[pass], pass == 4, "enough");
        };
    var how = method(Task.CLASSIFY).unlearn(model, sets(Task.CLASSIFY), rule, Run.of(1));
    assertThat(how.passes()).isEqualTo(2);
    assertThat(how.stoppedBy()).isEqualTo("enough");
    assertThat(TinyModels.bits(model.weights())).isEqualTo(seen.get(2));
  }

  @Test
  void targetsNeedHeldOutData() {
    TextClassifier model = trained(Task.CLASSIFY, data(Task.CLASSIFY, 60, 1));
    UnlearningData sets = sets(Task.CLASSIFY);
    UnlearningData without =
        new UnlearningData(sets.forget(), sets.retain(), List.of(), sets.learningRate());
    assertThatThrownBy(
            () -> method(Task.CLASSIFY).unlearn(model, without, StopRule.never(), Run.of(1)))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("--holdout is missing");
  }
}
