package io.github.deepcut.model.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deepcut.Golden;
import io.github.deepcut.data.Task;
import io.github.deepcut.run.InputException;
import io.github.deepcut.run.Run;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Types of tensors, and tensors that belong to nothing. */
class StoredTensorsTest {
  private static final String WORDS = "bert.embeddings.word_embeddings.weight";

  @TempDir Path folder;

  /** A golden model with other or further tensors. */
  private ModelFolder with(String golden, Consumer<Map<String, Tensor>> change) {
    ModelFolder base = ModelFolder.read(Golden.path(golden));
    try (var scope = new PointerScope()) {
      Map<String, Tensor> changed = new HashMap<>();
      base.tensors().keySet().forEach(n -> changed.put(n, base.tensor(n)));
      change.accept(changed);
      base.writeAs(folder.resolve("m"), base.tensors().keySet(), changed, base.config());
    }
    return ModelFolder.read(folder.resolve("m"));
  }

  @ParameterizedTest
  @EnumSource(
      value = ScalarType.class,
      names = {"Int", "Long", "Short", "Char", "Byte", "Bool", "Float8_e4m3fn", "ComplexFloat"})
  void whatIsNoFloatIsRefused(ScalarType type) {
    ModelFolder model = with("tiny-bert-sequence", all -> all.put(WORDS, all.get(WORDS).to(type)));
    String stored = model.tensors().get(WORDS).dtype().name();
    assertThatThrownBy(() -> TextModels.load(model))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "%s: tensor %s is of type %s, expected one of [F16, BF16, F32, F64]"
                .formatted(model.path(), WORDS, stored));
  }

  @ParameterizedTest
  @EnumSource(
      value = ScalarType.class,
      names = {"Half", "BFloat16", "Float", "Double"})
  void everyFloatIsRead(ScalarType type) {
    ModelFolder model = with("tiny-bert-sequence", all -> all.put(WORDS, all.get(WORDS).to(type)));
    try (var weights = TextModels.load(model).weights()) {
      assertThat(weights.get(WORDS).scalar_type().intern()).isEqualTo(ScalarType.Float);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "classifier.dense.weight",
        "bert.encoder.layer.2.output.dense.bias",
        "bert.encoder.layer.0.attention.self.query.lora_A.weight",
        "regressor.bias"
      })
  void aTensorThatIsPassedOverIsRefused(String name) {
    ModelFolder model = with("tiny-bert-sequence", all -> all.put(name, torch.ones(16)));
    assertThatThrownBy(() -> TextModels.load(model))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "%s: tensor %s is no part of the model that config.json describes, expected no other"
                .formatted(model.path(), name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bert.embeddings.position_ids",
        "cls.predictions.bias",
        "bert.pooler.dense.weight"
      })
  void whatChangesNothingIsNot(String name) {
    ModelFolder model = with("tiny-bert-token", all -> all.put(name, torch.ones(16)));
    try (var weights = TextModels.load(model).weights()) {
      assertThat(weights.names()).doesNotContain(name);
    }
  }

  /** Another head and surplus layers stay behind when one trains on; an adapter is refused. */
  @ParameterizedTest
  @CsvSource({"qa_outputs.weight", "bert.encoder.layer.2.output.dense.bias"})
  void trainingLeavesThemBehind(String name) {
    ModelFolder base = with("tiny-bert-sequence", all -> all.put(name, torch.ones(16)));
    var prepared = TextModels.prepare(base, Task.NER, List.of("O", "B-X"), Run.of(1));
    try (var weights = prepared.classifier().weights()) {
      prepared.writeTo(folder.resolve("out"));
    }
    Set<String> names = ModelFolder.read(folder.resolve("out")).tensors().keySet();
    assertThat(names).contains("bert.pooler.dense.weight").doesNotContain(name);
    TextModels.load(ModelFolder.read(folder.resolve("out"))).weights().close();
  }

  @Test
  void anAdapterIsNoPartOfTheEncoder() {
    String name = "bert.encoder.layer.0.attention.self.query.lora_A.weight";
    ModelFolder base = with("tiny-bert-sequence", all -> all.put(name, torch.ones(16)));
    assertThatThrownBy(() -> TextModels.prepare(base, Task.NER, List.of("O", "B-X"), Run.of(1)))
        .hasMessageContaining(name);
    assertThatThrownBy(() -> LanguageModels.prepare(base, Run.of(1))).hasMessageContaining(name);
  }
}
