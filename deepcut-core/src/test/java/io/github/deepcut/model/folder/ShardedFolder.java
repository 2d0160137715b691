package io.github.deepcut.model.folder;

import io.github.deepcut.tensor.SafeTensors;
import io.github.deepcut.tensor.TensorSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** A model folder whose weights lie in two files. */
final class ShardedFolder {
  static final String ONE = "model-00001-of-00002.safetensors";
  static final String TWO = "model-00002-of-00002.safetensors";
  static final String INDEX = "model.safetensors.index.json";

  private ShardedFolder() {}

  /** Shard one: b BF16 (2, 2), a F32 (2); shard two: c F16 (3). 22 bytes, 9 elements. */
  static Path sharded(Path dir) {
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
}
