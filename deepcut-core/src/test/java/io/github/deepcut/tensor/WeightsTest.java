package io.github.deepcut.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepcut.TinyModels;
import io.github.deepcut.data.Batch;
import io.github.deepcut.data.Task;
import io.github.deepcut.model.Classifier;
import io.github.deepcut.model.transformer.TextClassifier;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.junit.jupiter.api.Test;

class WeightsTest {

  @Test
  void castOnceForAutocastTheyGiveTheSameBits() {
    TextClassifier model = TinyModels.classifier(Task.NER, List.of("O", "B-X"), 1);
    float[] each = logits(model);
    try (Weights once = model.weights().forAutocast()) {
      assertThat(logits(model.withWeights(once))).isEqualTo(each);
    }
    assertThat(logits(model)).isEqualTo(each); // what was shared is still there
  }

  private static float[] logits(Classifier model) {
    try (var scope = new PointerScope();
        var noGrad = new NoGradGuard();
        var mixed = Autocast.set(true)) {
      return Tensors.floats(model.forward(Batch.of(TinyModels.tagged(8, 1, 1)), false).logits());
    }
  }
}
