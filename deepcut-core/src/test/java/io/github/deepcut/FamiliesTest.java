package io.github.deepcut;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepcut.audit.Evaluation;
import io.github.deepcut.data.Dataset;
import io.github.deepcut.data.ForgetSplit;
import io.github.deepcut.data.Task;
import io.github.deepcut.run.Progress;
import io.github.deepcut.run.Run;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every family of encoders is trained, unlearns, is audited, is written and read again: from the
 * configurations that transformers wrote for the golden folders.
 */
class FamiliesTest {
  private static final int TRAIN = 60;

  @TempDir Path folder;

  static List<String> families() {
    return TinyFamily.ALL;
  }

  @ParameterizedTest
  @MethodSource("families")
  void ofSentencesAndWords(String name) throws IOException {
    TinyFamily family = new TinyFamily(name, folder);
    family.base();
    for (Task task : List.of(Task.CLASSIFY, Task.NER)) {
      Dataset train = family.data(task, TRAIN, 1);
      Dataset heldOut = family.data(task, 40, 2);
      Path trained = family.trained(task, train);
      ForgetSplit split =
          new ForgetSplit(
              train,
              IntStream.range(0, 6).toArray(),
              IntStream.range(6, TRAIN).toArray(),
              "six of them");
      try (FineTunedModel original = FineTunedModel.open(trained)) {
        Evaluation before = original.evaluate(train, Progress.silent());
        assertThat(right(before)).as(name + " has learnt " + task).isGreaterThan(.6);
        Erasure erasure = new Erasure(original, split, heldOut, family.data(task, 40, 3));
        var choice = Methods.create("deepcut", task, Map.of());
        Path out = folder.resolve(task + "-unlearned");
        try (Erased erased = erasure.unlearn(choice.method(), choice.stop(), Run.of(1))) {
          erased.writeTo(out);
          assertThat(mean(erased.evaluate(split.forgetSet())))
              .as("losses of the forgotten have risen")
              .isGreaterThan(1.3 * mean(original.evaluate(split.forgetSet(), Progress.silent())));
          try (FineTunedModel written = FineTunedModel.open(out)) {
            assertThat(written.evaluate(train, Progress.silent()).losses())
                .isEqualTo(erased.evaluate(train).losses());
            assertThat(written.folder().tensors().keySet())
                .isEqualTo(original.folder().tensors().keySet());
          }
        }
      }
    }
  }

  private static double right(Evaluation evaluation) {
    return Arrays.stream(evaluation.losses()).filter(loss -> loss < Math.log(2)).count()
        / (double) evaluation.losses().length;
  }

  private static double mean(Evaluation evaluation) {
    return Arrays.stream(evaluation.losses()).average().orElseThrow();
  }
}
