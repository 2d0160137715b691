package io.github.deepcut.stress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.deepcut.TinyModels;
import io.github.deepcut.data.Sequence;
import io.github.deepcut.data.Task;
import io.github.deepcut.model.HiddenStates;
import io.github.deepcut.model.Predictor;
import io.github.deepcut.model.transformer.TextClassifier;
import io.github.deepcut.run.Run;
import io.github.deepcut.stats.Value;
import io.github.deepcut.tensor.Tensors;
import io.github.deepcut.tensor.Weights;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StressTest {
  private final TextClassifier model = TinyModels.classifier(Task.CLASSIFY, List.of("a", "b"), 1);
  private final List<Sequence> rows = TinyModels.sentences(48, 2, 3);

  @AfterEach
  void close() {
    model.weights().close();
  }

  @Test
  void eightBitsRoundMatricesByAtMostHalfAStep() {
    int before = TinyModels.bits(model.weights());
    try (Weights rounded = Int8.of(model.weights())) {
      rounded.all().forEach((name, t) -> checkRounded(model.weights().get(name), t));
    }
    assertThat(TinyModels.bits(model.weights())).isEqualTo(before);
  }

  private static void checkRounded(Tensor before, Tensor after) {
    float[] x = Tensors.floats(before);
    float[] y = Tensors.floats(after);
    if (before.dim() != 2) {
      assertThat(y).isEqualTo(x);
      return;
    }
    int width = (int) before.size(1);
    for (int row = 0; row < before.size(0); row++) {
      double most = 0;
      for (int c = 0; c < width; c++) {
        most = Math.max(most, Math.abs(x[row * width + c]));
      }
      for (int c = 0; c < width; c++) {
        double steps = most == 0 ? 0 : y[row * width + c] / (most / 127);
        assertThat(steps).isCloseTo(Math.rint(steps), within(1e-3));
        assertThat((double) y[row * width + c]).isCloseTo(x[row * width + c], within(most / 253));
      }
    }
  }

  @Test
  void relearningTakesAModelThatKnowsNoStep() {
    Relearning relearning = new Relearning(3e-3, 60);
    List<Double> naive = relearning.curve(model, rows, 1);
    assertThat(naive.get(59)).isLessThan(naive.get(0) / 2);
    assertThat(Relearning.stepsTo(naive.get(0), naive)).isEqualTo(Value.of(0, 1));
    assertThat(Relearning.stepsTo(naive.get(0) / 2, naive).number().orElseThrow())
        .isBetween(1.0, 59.0);
    assertThat(Relearning.stepsTo(0, naive))
        .isEqualTo(Value.undefined("the loss is not back after 60 steps", 1));
  }

  @Test
  void benignTrainingIsDoneOnACopy() {
    int before = TinyModels.bits(model.weights());
    try (Weights tuned = new BenignFineTuning(3e-3).of(model, rows, Run.of(1))) {
      assertThat(TinyModels.bits(tuned)).isNotEqualTo(before);
    }
    assertThat(TinyModels.bits(model.weights())).isEqualTo(before);
  }

  @Test
  void aModelThatDivergesIsNoCurve() {
    model.weights().get("classifier.bias").fill_(new Scalar(Double.NaN));
    String why = "step 1: the loss is NaN; lower the learning rate (0.003)";
    assertThatThrownBy(() -> new Relearning(3e-3, 60).curve(model, rows, 1)).hasMessage(why);
    assertThatThrownBy(() -> new BenignFineTuning(3e-3).of(model, rows, Run.of(1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(why);
  }

  @Test
  void theLastLayerIsTheLatentSpace() {
    HiddenStates states = HiddenStates.of(model, rows);
    assertThat(states.layers()).hasSize(3); // embeddings and two layers
    assertThat(states.size()).isEqualTo(48);
    assertThat(states.labels()[5]).isEqualTo(rows.get(5).labels()[0]);
    try (var scope = new org.bytedeco.javacpp.PointerScope()) {
      var batch = io.github.deepcut.data.Batch.of(rows);
      double[] last = Tensors.doubles(model.forward(batch, false).items());
      for (int i = 0; i < 48; i++) {
        assertThat(states.last()[i][3]).isCloseTo(last[i * 16 + 3], within(1e-5));
      }
    }
    assertThat(new Predictor().predict(model, rows)).hasSize(48);
  }
}
