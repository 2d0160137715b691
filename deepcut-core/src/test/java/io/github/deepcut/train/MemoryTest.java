package io.github.deepcut.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepcut.Methods;
import io.github.deepcut.TinyModels;
import io.github.deepcut.data.Sequence;
import io.github.deepcut.data.Task;
import io.github.deepcut.model.Classifier;
import io.github.deepcut.run.Run;
import io.github.deepcut.unlearn.StopRule;
import io.github.deepcut.unlearn.UnlearningData;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Native memory stays flat over thousands of steps: an object a step would be 2,000 of them. */
@Tag("slow")
class MemoryTest {
  private static final List<String> LABELS = List.of("a", "b", "c");

  /** Growth that the JVM's own heap and compiler may still show after the warm-up. */
  private static final long SLACK = 48L << 20;

  @Test
  void twoThousandTrainingSteps() {
    Classifier model = TinyModels.wide(Task.CLASSIFY, LABELS, 1);
    List<Sequence> data = TinyModels.sentences(3200, 3, 1); // 100 batches of 32
    Trainer trainer = new Trainer(new Recipe(1, 32, 1e-3, 0.1, 0.01, 1, 0, 32, false, 1));
    trainer.train(model, data, null, Run.of(1));
    trainer.train(model, data, null, Run.of(1));
    long tensors = Pointer.totalCount();
    long before = Pointer.physicalBytes();
    for (int k = 0; k < 18; k++) {
      trainer.train(model, data, null, Run.of(k));
    }
    assertThat(Pointer.totalCount()).as("live native objects").isLessThan(tensors + 200);
    assertThat(Pointer.physicalBytes() - before).as("growth in bytes").isLessThan(SLACK);
  }

  @Test
  void twoThousandUnlearningSteps() {
    Classifier model = TinyModels.classifier(Task.NER, List.of("O", "B-X", "B-Y"), 1);
    List<Sequence> train = TinyModels.tagged(400, 2, 1);
    UnlearningData sets =
        new UnlearningData(
            train.subList(0, 40), train.subList(40, 400), TinyModels.tagged(100, 2, 2), 1e-3);
    var method = Methods.create("deepcut", Task.NER, Map.of("min_steps", "200")).method();
    method.unlearn(model, sets, StopRule.never(), Run.of(1));
    long tensors = Pointer.totalCount();
    long before = Pointer.physicalBytes();
    for (int k = 0; k < 10; k++) {
      method.unlearn(model, sets, StopRule.never(), Run.of(k));
    }
    assertThat(Pointer.totalCount()).as("live native objects").isLessThan(tensors + 200);
    assertThat(Pointer.physicalBytes() - before).as("growth in bytes").isLessThan(SLACK);
  }
}
