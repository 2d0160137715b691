package io.github.deepcut.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.deepcut.model.folder.ModelFolder;
import io.github.deepcut.run.Checkpoint;
import io.github.deepcut.run.Device;
import io.github.deepcut.run.Progress;
import io.github.deepcut.run.Run;
import io.github.deepcut.tensor.SafeTensors;
import io.github.deepcut.tensor.Snapshot;
import io.github.deepcut.tensor.TensorEntry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Files of tensors: safetensors, the index of shards, the state of interrupted work. */
class TensorFilesFuzzTest {
  static {
    torch.set_num_threads(1); // loads libtorch, which no input shall be blamed for
  }

  @FuzzTest
  void safetensors(byte[] bytes) {
    Path file = Scratch.file("x.safetensors", bytes);
    Refusal.none(
        () -> {
          SafeTensors open = SafeTensors.open(file);
          for (TensorEntry e : open.entries().values()) {
            assertThat(open.bytes(e.name()).remaining()).isEqualTo((int) e.byteSize());
            try (var scope = new PointerScope()) {
              Refusal.none(() -> assertThat(open.read(e.name()).numel()).isEqualTo(e.elements()));
            }
          }
        });
  }

  /** The folder holds two shards; a third, which no index may reach, lies outside. */
  @FuzzTest
  void shardIndex(byte[] bytes) {
    Path folder = Scratch.folder("sharded");
    if (!folder.resolve("config.json").toFile().exists()) {
      Scratch.file(folder, "config.json", "{}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
      Scratch.file(folder, "a.safetensors", Seeds.tensors("a", "b"));
      Scratch.file(folder, "b.safetensors", Seeds.tensors("c"));
      Scratch.file("secret.safetensors", Seeds.tensors("secret"));
    }
    Scratch.file(folder, "model.safetensors.index.json", bytes);
    Refusal.none(
        () -> assertThat(ModelFolder.read(folder).tensors().keySet()).containsOnly("a", "b", "c"));
  }

  @FuzzTest
  void checkpoint(byte[] bytes) {
    Path file = Scratch.file("x.checkpoint", bytes);
    Checkpoint resumed =
        new Checkpoint(file, Duration.ofDays(1), true, InstantSource.system(), () -> "work");
    Run run = new Run(1, InstantSource.system(), Progress.silent(), resumed, Device.CPU);
    try (var scope = new PointerScope()) {
      Refusal.none(
          () -> {
            Snapshot state = Snapshot.last(run).orElseThrow();
            state.restore("w/", Map.of("a", Tensor.create(1f, 2f)));
            assertThat(state.array("push", 2)).hasSize(2);
            assertThat(state.value("step").asInt()).isNotNegative();
          });
    }
  }
}
