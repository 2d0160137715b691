package io.github.deepcut.model.folder;

import static io.github.deepcut.model.folder.ShardedFolder.INDEX;
import static io.github.deepcut.model.folder.ShardedFolder.ONE;
import static io.github.deepcut.model.folder.ShardedFolder.TWO;
import static io.github.deepcut.model.folder.ShardedFolder.sharded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.run.InputException;
import io.github.deepcut.tensor.DType;
import io.github.deepcut.tensor.SafeTensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelFolderTest {
  @TempDir Path dir;

  @ParameterizedTest
  @ValueSource(strings = {"bert-sequence", "distilbert-token", "roberta-sequence"})
  void goldenFoldersComeOutIdentical(String name) throws IOException {
    Path golden = Path.of("src/test/resources/golden/tiny-" + name);
    ModelFolder model = ModelFolder.read(golden);
    assertThat(model.path()).isEqualTo(golden);
    assertThat(model.hasWeights()).isTrue();
    assertThat(model.otherFiles()).containsExactly(Path.of("expected.json"));
    assertThat(model.unreadWeights()).isEmpty();
    assertThat(name).startsWith(model.config().get("model_type").asText() + "-");
    model.writeTo(dir.resolve("out"), Map.of());
    assertSameFiles(golden, dir.resolve("out"));
  }

  @Test
  void shardsComeOutIdentical() throws IOException {
    Path source = sharded(dir);
    Files.createDirectories(source.resolve("1_Pooling"));
    Files.writeString(source.resolve("1_Pooling/config.json"), "{ }");
    Files.writeString(source.resolve("vocab.txt"), "[PAD]\n");
    ModelFolder model = ModelFolder.read(source);
    assertThat(model.tensors().keySet()).containsExactly("b", "a", "c");
    assertThat(model.otherFiles())
        .containsExactly(Path.of("1_Pooling/config.json"), Path.of("vocab.txt"));
    model.writeTo(dir.resolve("out"), Map.of());
    assertSameFiles(source, dir.resolve("out"));
  }

  @Test
  void replacedTensorsKeepTypePlaceAndName() {
    ModelFolder model = ModelFolder.read(sharded(dir));
    try (var scope = new PointerScope()) {
      Tensor b = torch.full(new long[] {2, 2}, new Scalar(1.5f));
      Tensor c = torch.full(new long[] {3}, new Scalar(-2f));
      model.writeTo(dir.resolve("out"), Map.of("b", b, "c", c));

      ModelFolder written = ModelFolder.read(dir.resolve("out"));
      assertThat(written.tensors()).isEqualTo(model.tensors());
      assertThat(written.tensors().get("b").dtype()).isEqualTo(DType.BF16);
      assertThat(written.tensors().get("c").dtype()).isEqualTo(DType.F16);
      assertThat(written.tensor("b").to(ScalarType.Float).equal(b)).isTrue();
      assertThat(written.tensor("c").to(ScalarType.Float).equal(c)).isTrue();
      assertThat(written.tensor("a").equal(model.tensor("a"))).isTrue();
    }
    SafeTensors two = SafeTensors.open(dir.resolve("out").resolve(TWO));
    assertThat(two.metadata()).isEqualTo(Map.of("format", "pt"));
    assertThat(two.entries().keySet()).containsExactly("c");
    assertThat(dir.resolve("out").resolve(INDEX))
        .hasSameBinaryContentAs(model.path().resolve(INDEX));
  }

  @Test
  void newTensorsGoToTheLastShardAndTheIndex() throws IOException {
    ModelFolder model = ModelFolder.read(sharded(dir));
    ObjectNode config = model.config().put("num_labels", 7);
    try (var scope = new PointerScope()) {
      Map<String, Tensor> head = new LinkedHashMap<>();
      head.put("z.weight", torch.ones(7, 2));
      head.put("z.bias", torch.ones(7));
      model.writeTo(dir.resolve("out"), head, config);
    }
    ModelFolder written = ModelFolder.read(dir.resolve("out"));
    assertThat(written.tensors().keySet()).containsExactly("b", "a", "c", "z.weight", "z.bias");
    assertThat(written.config()).isEqualTo(config);
    ObjectNode index = JsonFile.read(dir.resolve("out").resolve(INDEX));
    assertThat(index.at("/metadata/total_size").asLong()).isEqualTo(22 + 4 * 14 + 4 * 7);
    assertThat(index.at("/metadata/total_parameters").asLong()).isEqualTo(9 + 14 + 7);
    assertThat(index.at("/weight_map/z.bias").asText()).isEqualTo(TWO);
    assertThat(Files.readString(dir.resolve("out").resolve(INDEX)))
        .startsWith("{\n  \"metadata\": {\n    \"total_size\": 106,");
  }

  @Test
  void aFolderWithoutWeightsGetsOneFile() throws IOException {
    Files.writeString(dir.resolve("config.json"), "{\"a\": 1}");
    ModelFolder model = ModelFolder.read(dir);
    assertThat(model.hasWeights()).isFalse();
    assertThat(model.tensors()).isEmpty();
    assertThatThrownBy(() -> model.tensor("x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("holds no tensor 'x'");
    Path out = dir.resolve("out");
    try (var scope = new PointerScope()) {
      model.writeTo(out, Map.of("w", torch.ones(2).to(ScalarType.BFloat16)));
    }
    SafeTensors written = SafeTensors.open(out.resolve("model.safetensors"));
    assertThat(written.metadata()).isEqualTo(Map.of("format", "pt"));
    assertThat(written.entries().get("w").dtype()).isEqualTo(DType.BF16);
    assertThat(Files.readString(out.resolve("config.json"))).isEqualTo("{\"a\": 1}");
  }

  @Test
  void aWrongShapeIsRefusedBeforeAnythingIsWritten() {
    ModelFolder model = ModelFolder.read(sharded(dir));
    try (var scope = new PointerScope()) {
      Map<String, Tensor> replaced = Map.of("c", torch.ones(4));
      assertThatThrownBy(() -> model.writeTo(dir.resolve("out"), replaced))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("c: shape [4] must be [3]");
    }
    assertThat(dir.resolve("out")).doesNotExist();
  }

  @Test
  void weightsBesideThoseReadAreListed() throws IOException {
    Path source = sharded(dir);
    Files.createDirectories(source.resolve("onnx"));
    Files.write(source.resolve("onnx/model.onnx"), new byte[3]);
    Files.write(source.resolve("pytorch_model.bin"), new byte[3]);
    Files.write(source.resolve("training_args.bin"), new byte[3]);
    assertThat(ModelFolder.read(source).unreadWeights())
        .containsExactly(Path.of("onnx/model.onnx"), Path.of("pytorch_model.bin"));
  }

  @Test
  void linkedFilesAreRead() throws IOException {
    Path source = sharded(dir);
    Path linked = Files.createDirectories(dir.resolve("snapshot"));
    for (String name : List.of("config.json", ONE, TWO, INDEX)) {
      Files.createSymbolicLink(linked.resolve(name), source.resolve(name));
    }
    ModelFolder.read(linked).writeTo(dir.resolve("out"), Map.of());
    assertSameFiles(source, dir.resolve("out"));
    assertThat(Files.isSymbolicLink(dir.resolve("out/config.json"))).isFalse();
  }

  @Test
  void aFileThatVanishedIsNamed() throws IOException {
    Path source = sharded(dir);
    Files.createDirectories(source.resolve("a/b"));
    Files.writeString(source.resolve("a/b/f"), "x");
    ModelFolder model = ModelFolder.read(source);
    Files.delete(source.resolve("a/b/f"));
    assertThatThrownBy(() -> model.writeTo(dir.resolve("out"), Map.of()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(source.resolve("a/b/f") + ": no such file");
  }

  private static void assertSameFiles(Path expected, Path actual) throws IOException {
    assertThat(files(actual)).isEqualTo(files(expected));
    for (Path file : files(expected)) {
      assertThat(actual.resolve(file)).hasSameBinaryContentAs(expected.resolve(file));
    }
  }

  private static List<Path> files(Path root) throws IOException {
    try (var walk = Files.walk(root)) {
      return walk.filter(Files::isRegularFile).map(root::relativize).sorted().toList();
    }
  }
}
