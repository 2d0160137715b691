package io.github.deepcut.model.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.Golden;
import io.github.deepcut.TinyModels;
import io.github.deepcut.data.Task;
import io.github.deepcut.model.transformer.Family;
import io.github.deepcut.model.transformer.MaskedLanguageModel;
import io.github.deepcut.run.InputException;
import io.github.deepcut.run.Run;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LanguageModelsTest {
  @TempDir Path folder;

  private static ModelFolder golden(String family) {
    return ModelFolder.read(Golden.path("tiny-" + family + "-sequence"));
  }

  private ModelFolder written(ModelFolder from, String to, long seed) {
    LanguageModels.Prepared prepared = LanguageModels.prepare(from, Run.of(seed));
    try (var weights = prepared.model().weights()) {
      prepared.writeTo(folder.resolve(to));
    }
    return ModelFolder.read(folder.resolve(to));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bert", "roberta", "distilbert"})
  void aFineTunedModelGivesItsEncoderAndGetsALanguageHead(String family) {
    ModelFolder base = golden(family);
    ModelFolder out = written(base, "out", 1);
    Family a = Family.of(base.config());
    assertThat(out.config().at("/architectures/0").asText())
        .isEqualTo(a.className() + "ForMaskedLM");
    assertThat(out.tensors().keySet())
        .allMatch(n -> n.startsWith(family + ".") || MaskedLanguageModel.isOfHead(a, n))
        .noneMatch(n -> n.contains("decoder"));
    assertThat(out.tensors().keySet().stream().filter(n -> MaskedLanguageModel.isOfHead(a, n)))
        .hasSize(5);
    base.tensors().keySet().stream()
        .filter(n -> n.startsWith(family + "."))
        .forEach(n -> assertThat(same(base, n, out, n)).as(n).isTrue());
    assertThat(written(out, "again", 2).tensors()).isEqualTo(out.tensors());
    assertThat(bits(ModelFolder.read(folder.resolve("again")))).isEqualTo(bits(out));
  }

  private static boolean same(ModelFolder one, String name, ModelFolder other, String otherName) {
    try (var scope = new PointerScope()) {
      return one.tensor(name).equal(other.tensor(otherName));
    }
  }

  private static int bits(ModelFolder folder) {
    var prepared = LanguageModels.prepare(folder, Run.of(3));
    try (var weights = prepared.model().weights()) {
      return TinyModels.bits(weights);
    }
  }

  @Test
  void aBareEncoderKeepsItsPoolerUnderThePrefix() {
    ModelFolder base = golden("bert");
    try (var scope = new PointerScope()) {
      Map<String, Tensor> bare = new LinkedHashMap<>();
      base.tensors().keySet().stream()
          .filter(n -> n.startsWith("bert."))
          .forEach(n -> bare.put(n.substring(5), base.tensor(n)));
      base.writeAs(folder.resolve("bare"), base.tensors().keySet(), bare, base.config());
    }
    ModelFolder bare = ModelFolder.read(folder.resolve("bare"));
    ModelFolder out = written(bare, "out", 1);
    assertThat(out.tensors().keySet()).allMatch(n -> n.startsWith("bert.") || n.startsWith("cls."));
    assertThat(same(base, "bert.pooler.dense.weight", out, "bert.pooler.dense.weight")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"bert", "roberta", "distilbert"})
  void fineTuningLeavesTheLanguageHeadBehind(String family) {
    ModelFolder out = written(golden(family), "out", 1);
    var prepared = TextModels.prepare(out, Task.CLASSIFY, List.of("a", "b"), Run.of(1));
    try (var weights = prepared.classifier().weights()) {
      prepared.writeTo(folder.resolve("tuned"));
      Set<String> names = ModelFolder.read(folder.resolve("tuned")).tensors().keySet();
      assertThat(names).containsAll(weights.names());
      Family a = Family.of(out.config());
      assertThat(names).noneMatch(n -> MaskedLanguageModel.isOfHead(a, n));
    }
  }

  /** The encoder of a regression is one like any other. */
  @Test
  void theProblemOfAHeadStaysBehindWithIt() {
    ModelFolder base = golden("bert");
    ObjectNode config = base.config().put("problem_type", "regression");
    base.writeTo(folder.resolve("regression"), Map.of(), config);
    ModelFolder out = written(ModelFolder.read(folder.resolve("regression")), "out", 1);
    assertThat(out.config().has("problem_type")).isFalse();
  }

  @Test
  void anUntiedDecoderIsRefused() {
    ModelFolder base = golden("bert");
    ObjectNode config = base.config().put("tie_word_embeddings", false);
    base.writeTo(folder.resolve("untied"), Map.of(), config);
    ModelFolder untied = ModelFolder.read(folder.resolve("untied"));
    assertThatThrownBy(() -> LanguageModels.prepare(untied, Run.of(1)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("tie_word_embeddings in config.json is false");
  }
}
