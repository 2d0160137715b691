package io.github.deepcut.model.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.run.InputException;
import io.github.deepcut.tensor.DType;
import io.github.deepcut.tensor.SafeTensors;
import io.github.deepcut.tensor.TensorSource;
import java.io.IOException;
import java.io.UncheckedIOException;
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
  private static final String ONE = "model-00001-of-00002.safetensors";
  private static final String TWO = "model-00002-of-00002.safetensors";
  private static final String INDEX = "model.safetensors.index.json";

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
    Path source = sharded();
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
    ModelFolder model = ModelFolder.read(sharded());
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
    ModelFolder model = ModelFolder.read(sharded());
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
    ModelFolder model = ModelFolder.read(sharded());
    try (var scope = new PointerScope()) {
      Map<String, Tensor> replaced = Map.of("c", torch.ones(4));
      assertThatThrownBy(() -> model.writeTo(dir.resolve("out"), replaced))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("c: shape [4] must be [3]");
    }
    assertThat(dir.resolve("out")).doesNotExist();
  }

  @Test
  void pickledWeightsAreRefusedWithTheWayOut() throws IOException {
    Files.writeString(
        dir.resolve("config.json"), "{\"architectures\":[\"BertForTokenClassification\"]}");
    Files.write(dir.resolve("pytorch_model.bin"), new byte[3]);
    assertThatThrownBy(() -> ModelFolder.read(dir))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(dir.resolve("pytorch_model.bin") + ": pickled weights are not read")
        .hasMessageContaining("BertForTokenClassification.from_pretrained('" + dir + "')")
        .hasMessageContaining(".save_pretrained('" + dir + "', safe_serialization=True)");
    Files.move(dir.resolve("pytorch_model.bin"), dir.resolve("pytorch_model.bin.index.json"));
    Files.writeString(dir.resolve("config.json"), "{\"architectures\":[\"os.system('x')\"]}");
    assertThatThrownBy(() -> ModelFolder.read(dir))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("AutoModel.from_pretrained");
  }

  @Test
  void weightsThatAreNotReadAreNeverTakenForNone() throws IOException {
    Files.writeString(dir.resolve("config.json"), "{}");
    Files.write(dir.resolve("adapter_model.safetensors"), new byte[3]);
    assertThatThrownBy(() -> ModelFolder.read(dir))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("adapter_model.safetensors: weights are read from");
  }

  @ParameterizedTest
  @ValueSource(strings = {"model.safetensors", INDEX})
  void aLinkThatLeadsNowhereIsNeverTakenForNoWeights(String name) throws IOException {
    Files.writeString(dir.resolve("config.json"), "{}");
    Files.createSymbolicLink(dir.resolve(name), dir.resolve("missing"));
    assertThatThrownBy(() -> ModelFolder.read(dir))
        .isInstanceOf(InputException.class)
        .hasMessage(dir.resolve(name) + ": cannot be read: no such file");
  }

  @Test
  void weightsBesideThoseReadAreListed() throws IOException {
    Path source = sharded();
    Files.createDirectories(source.resolve("onnx"));
    Files.write(source.resolve("onnx/model.onnx"), new byte[3]);
    Files.write(source.resolve("pytorch_model.bin"), new byte[3]);
    Files.write(source.resolve("training_args.bin"), new byte[3]);
    assertThat(ModelFolder.read(source).unreadWeights())
        .containsExactly(Path.of("onnx/model.onnx"), Path.of("pytorch_model.bin"));
  }

  @Test
  void linkedFilesAreRead() throws IOException {
    Path source = sharded();
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
    Path source = sharded();
    Files.createDirectories(source.resolve("a/b"));
    Files.writeString(source.resolve("a/b/f"), "x");
    ModelFolder model = ModelFolder.read(source);
    Files.delete(source.resolve("a/b/f"));
    assertThatThrownBy(() -> model.writeTo(dir.resolve("out"), Map.of()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(source.resolve("a/b/f") + ": no such file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[1]", "{\"a\":1,\"a\":2}", "{} x", "{", "\"text\""})
  void badConfigurationsAreRefused(String text) throws IOException {
    Files.writeString(dir.resolve("config.json"), text);
    assertThatThrownBy(() -> ModelFolder.read(dir))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(dir.resolve("config.json") + ":")
        .hasMessageContaining("must ");
  }

  @Test
  void missingFoldersAndFilesAreNamed() throws IOException {
    assertThatThrownBy(() -> ModelFolder.read(dir.resolve("none")))
        .isInstanceOf(InputException.class)
        .hasMessage(dir.resolve("none") + ": a model folder is needed: no such directory");
    Path file = Files.writeString(dir.resolve("file"), "");
    assertThatThrownBy(() -> ModelFolder.read(file))
        .isInstanceOf(InputException.class)
        .hasMessageEndingWith("not a directory");
    assertThatThrownBy(() -> ModelFolder.read(dir))
        .isInstanceOf(InputException.class)
        .hasMessage(dir.resolve("config.json") + ": cannot be read: no such file");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../x.safetensors",
        "/etc/x.safetensors",
        "a\\\\x.safetensors",
        "sub/x.safetensors",
        "x.bin",
        ".safetensors/..",
        ""
      })
  void shardsOutsideTheFolderAreRefused(String shard) throws IOException {
    Path source = sharded();
    Files.writeString(source.resolve(INDEX), "{\"weight_map\":{\"b\":\"" + shard + "\"}}");
    assertThatThrownBy(() -> ModelFolder.read(source))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(source.resolve(INDEX) + ": weight_map: b: shard '")
        .hasMessageEndingWith("must be the name of a .safetensors file beside it");
  }

  @Test
  void anIndexThatDisagreesWithItsShardsIsRefused() throws IOException {
    Path source = sharded();
    assertIndexRefused(source, map("b", ONE, "a", ONE, "c", ONE), "does not hold the tensor");
    assertIndexRefused(source, map("b", ONE, "a", ONE, "c", "no.safetensors"), "no such file");
    assertIndexRefused(source, map("b", ONE, "c", TWO), "holds tensor a, which");
    assertIndexRefused(source, "{\"weight_map\":{}}", "weight_map must be an object");
    assertIndexRefused(source, "{\"weight_map\":[]}", "weight_map must be an object");
    assertIndexRefused(source, "{\"weight_map\":{\"a\":1}}", "must be the name");
    assertIndexRefused(source, "{\"weight_map\":{\"a\":\"x\",\"a\":\"x\"}}", "Duplicate field");
  }

  private static void assertIndexRefused(Path source, String index, String rule)
      throws IOException {
    Files.writeString(source.resolve(INDEX), index);
    assertThatThrownBy(() -> ModelFolder.read(source))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(rule);
  }

  private static String map(String... namesAndShards) {
    ObjectNode json = JsonMapper.builder().build().createObjectNode();
    ObjectNode map = json.putObject("weight_map");
    for (int i = 0; i < namesAndShards.length; i += 2) {
      map.put(namesAndShards[i], namesAndShards[i + 1]);
    }
    return json.toString();
  }

  /** Shard one: b BF16 (2, 2), a F32 (2); shard two: c F16 (3). 22 bytes, 9 elements. */
  private Path sharded() {
    Path source = dir.resolve("source");
    Map<String, String> pt = Map.of("format", "pt");
    try (var scope = new PointerScope()) {
      Files.createDirectories(source);
      Files.writeString(source.resolve("config.json"), "{\"model_type\":  \"bert\"}\n");
      Tensor b = torch.randn(2, 2).to(ScalarType.BFloat16);
      Tensor a = torch.randn(2);
      SafeTensors.write(
          source.resolve(ONE),
          pt,
          List.of(TensorSource.Values.of("b", b), TensorSource.Values.of("a", a)));
      Tensor c = torch.randn(3).to(ScalarType.Half);
      SafeTensors.write(source.resolve(TWO), pt, List.of(TensorSource.Values.of("c", c)));
      Files.writeString(
          source.resolve(INDEX),
          "{\"metadata\": {\"total_size\": 22, \"total_parameters\": 9}, \"weight_map\":"
              + " {\"a\": \""
              + ONE
              + "\", \"b\": \""
              + ONE
              + "\", \"c\": \""
              + TWO
              + "\"}}");
      return source;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
