package io.github.deepcut;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.github.deepcut.data.Batch;
import io.github.deepcut.data.Task;
import io.github.deepcut.data.TextBatch;
import io.github.deepcut.model.Classifier;
import io.github.deepcut.model.transformer.MaskedLanguageModel;
import io.github.deepcut.model.transformer.TextClassifier;
import io.github.deepcut.run.Device;
import io.github.deepcut.run.InputException;
import io.github.deepcut.run.Run;
import io.github.deepcut.tensor.Devices;
import io.github.deepcut.tensor.Tensors;
import io.github.deepcut.tensor.Weights;
import io.github.deepcut.train.Trainer;
import java.lang.reflect.RecordComponent;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

/**
 * What a model computes with lies where its weights are. The device is libtorch's {@code meta},
 * which keeps shapes and no numbers.
 */
class DeviceTest {
  private static final Device META = new Device("meta");

  @Test
  void aBatchLiesWhereTheWeightsAre() throws ReflectiveOperationException {
    TextClassifier model = TinyModels.classifier(Task.CLASSIFY, List.of("a", "b"), 1);
    try (Weights weights = model.weights();
        var scope = new PointerScope()) {
      weights.to(META);
      assertThat(weights.device()).isEqualTo(META);
      Batch batch = model.batch(TinyModels.sentences(5, 2, 1));
      int tensors = 0;
      for (RecordComponent part : TextBatch.class.getRecordComponents()) {
        if (part.getType() == Tensor.class) {
          assertThat(((Tensor) part.getAccessor().invoke(batch)).is_meta()).as("%s", part).isTrue();
          tensors++;
        }
      }
      assertThat(tensors).isEqualTo(6);
    }
  }

  @Test
  void whatIsMadeOfArraysFollowsWhatItMeets() {
    try (var scope = new PointerScope()) {
      Tensor there =
          torch.zeros(3, 4).to(new org.bytedeco.pytorch.Device("meta"), torch.ScalarType.Float);
      Tensor loss = Trainer.crossEntropy(there, new int[] {0, 1, 3}); // labels and logits
      assertThat(loss.is_meta()).isTrue();
      assertThat(Tensors.beside(Tensors.longs(1, 2), there).is_meta()).isTrue();
    }
  }

  @Test
  void weightsThatAreThereAlreadyStayAsTheyAre() {
    try (Weights weights = TinyModels.classifier(Task.CLASSIFY, List.of("a", "b"), 1).weights()) {
      long before = weights.any().data_ptr().address();
      weights.to(Device.CPU);
      assertThat(weights.any().data_ptr().address()).isEqualTo(before);
      assertThat(weights.device()).isEqualTo(Device.CPU);
    }
  }

  @Test
  void modelsAloneMakeBatches() {
    noClasses()
        .that()
        .doNotBelongToAnyOf(
            Classifier.class, MaskedLanguageModel.class, Batch.class, TextBatch.class)
        .should()
        .callMethod(Batch.class, "of", List.class)
        .orShould()
        .callMethod(TextBatch.class, "of", List.class)
        .check(
            new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("io.github.deepcut"));
  }

  @Test
  void cudaThatIsNotThereIsRefused() {
    assertThat(Devices.choose("cpu")).isEqualTo(Run.of(1).device());
    if (Devices.withoutCuda().isEmpty()) {
      assertThat(Devices.choose("cuda")).isEqualTo(Devices.choose("auto"));
      return;
    }
    assertThat(Devices.choose("auto")).isEqualTo(Device.CPU);
    assertThatThrownBy(() -> Devices.choose("cuda"))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("--device cuda: ");
  }
}
