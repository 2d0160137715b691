package io.github.deepcut.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deepcut.Methods;
import io.github.deepcut.TinyModels;
import io.github.deepcut.data.Sequence;
import io.github.deepcut.data.Task;
import io.github.deepcut.model.transformer.TextClassifier;
import io.github.deepcut.run.Checkpoint;
import io.github.deepcut.run.InputException;
import io.github.deepcut.run.Progress;
import io.github.deepcut.run.Run;
import io.github.deepcut.unlearn.StopRule;
import io.github.deepcut.unlearn.StopRule.Judgement;
import io.github.deepcut.unlearn.UnlearningData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Work that is cut off and resumed ends with the tensors of work that was not. */
class ResumeTest {
  private static final List<String> LABELS = List.of("a", "b", "c");

  @TempDir Path folder;

  private static final class CutOff extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /** Work that keeps its state after every step. */
  private interface Work {
    int bits(Run run);
  }

  private Run run(boolean resume, String identity, Progress progress) {
    Path file = folder.resolve("state.safetensors");
    var checkpoint =
        new Checkpoint(file, Duration.ZERO, resume, InstantSource.system(), () -> identity);
    return new Run(1, InstantSource.system(), progress).with(checkpoint);
  }

  /** Throws after so many steps of progress. */
  private static Progress until(int steps) {
    int[] left = {steps};
    return new Progress() {
      @Override
      public Stage stage(String name, long total) {
        return new Stage() {
          @Override
          public void step(String note) {
            if (--left[0] < 0) {
              throw new CutOff();
            }
          }

          @Override
          public void skip(long steps) {}

          @Override
          public void close() {}
        };
      }

      @Override
      public void say(String line) {}
    };
  }

  private void cutOffAndResumed(Work work, int... steps) {
    int whole = work.bits(Run.of(1));
    boolean resume = false;
    for (int n : steps) {
      boolean again = resume;
      assertThatThrownBy(() -> work.bits(run(again, "x", until(n)))).isInstanceOf(CutOff.class);
      resume = true;
    }
    assertThat(work.bits(run(true, "x", Progress.silent()))).isEqualTo(whole);
  }

  private static int train(Run run, Score score) {
    TextClassifier model = TinyModels.classifier(Task.CLASSIFY, LABELS, 1);
    Recipe recipe = new Recipe(3, 8, 1e-3, 0.1, 0.01, 1, 2, 32, false, 1);
    new Trainer(recipe).train(model, TinyModels.sentences(60, 3, 1), score, run);
    return TinyModels.bits(model.weights());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 8, 9, 16, 23})
  void training(int steps) {
    cutOffAndResumed(run -> train(run, null), steps);
  }

  @Test
  void trainingThatIsCutOffTwiceAndKeepsTheBestEpoch() {
    double[] scores = {3, 1, 2};
    cutOffAndResumed(run -> train(run, m -> scores[TinyModels.bits(m.weights()) & 1]), 11, 6);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void unlearning(int passes) {
    for (Task task : Task.values()) {
      Map<String, String> settings = Map.of("passes", "12", "batch_size", "8");
      cutOffAndResumed(run -> unlearn("deepcut", settings, task, run), passes, 1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"contrastive-unlearning", "salun", "scrub", "boundary-expand"})
  void unlearningByOtherMethods(String method) {
    for (String optimizer : List.of("adamw", "sgd")) {
      var settings = Map.of("passes", "8", "batch_size", "8", "optimizer", optimizer);
      cutOffAndResumed(run -> unlearn(method, settings, Task.CLASSIFY, run), 2, 1);
    }
  }

  private static final Map<Task, TextClassifier> TRAINED = new EnumMap<>(Task.class);

  private static List<Sequence> data(Task task) {
    return task == Task.NER ? TinyModels.tagged(90, 2, 1) : TinyModels.sentences(90, 3, 1);
  }

  private static TextClassifier trained(Task task) {
    List<String> labels = task == Task.NER ? List.of("O", "B-X", "B-Y") : LABELS;
    TextClassifier model = TinyModels.classifier(task, labels, 1);
    new Trainer(new Recipe(20, 8, 5e-3, 0.1, 0.01, 1, 0, 32, false, 1))
        .train(model, data(task).subList(0, 60), null, Run.of(1));
    return model;
  }

  private static int unlearn(String name, Map<String, String> settings, Task task, Run run) {
    TextClassifier original = TRAINED.computeIfAbsent(task, ResumeTest::trained);
    var model = original.withWeights(original.weights().copy());
    List<Sequence> data = data(task);
    UnlearningData sets =
        new UnlearningData(data.subList(0, 20), data.subList(20, 60), data.subList(60, 90), 1e-3);
    StopRule rule = (m, pass) -> new Judgement(Math.abs(pass - 4), pass == 7, "enough");
    var method = Methods.create(name, task, settings).method();
    method.unlearn(model, sets, rule, run);
    return TinyModels.bits(model.weights());
  }

  @Test
  void aStateOfOtherWorkIsRefused() {
    assertThatThrownBy(() -> train(run(false, "seed 1", until(3)), null))
        .isInstanceOf(CutOff.class);
    assertThatThrownBy(() -> train(run(true, "seed 2", Progress.silent()), null))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("found seed 1, expected seed 2");
  }

  @Test
  void aFileThatCannotBeWrittenCostsNoMoreThanAWarning() throws Exception {
    Files.writeString(folder.resolve("no-folder"), "");
    Path file = folder.resolve("no-folder/state.safetensors");
    var checkpoint = new Checkpoint(file, Duration.ZERO, false, InstantSource.system(), () -> "x");
    assertThat(train(Run.of(1).with(checkpoint), null)).isEqualTo(train(Run.of(1), null));
  }
}
