package io.github.deepcut.model.folder;

import static io.github.deepcut.model.folder.ShardedFolder.INDEX;
import static io.github.deepcut.model.folder.ShardedFolder.ONE;
import static io.github.deepcut.model.folder.ShardedFolder.TWO;
import static io.github.deepcut.model.folder.ShardedFolder.sharded;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.run.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is no model folder, or one whose weights would not all be read, is refused by name. */
class RefusedModelFoldersTest {
  @TempDir Path dir;

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
    Path source = sharded(dir);
    Files.writeString(source.resolve(INDEX), "{\"weight_map\":{\"b\":\"" + shard + "\"}}");
    assertThatThrownBy(() -> ModelFolder.read(source))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(source.resolve(INDEX) + ": weight_map: b: shard '")
        .hasMessageEndingWith("must be the name of a .safetensors file beside it");
  }

  @Test
  void anIndexThatDisagreesWithItsShardsIsRefused() throws IOException {
    Path source = sharded(dir);
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
}
