package io.github.deepcut.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.deepcut.FineTunedModel;
import io.github.deepcut.compare.SearchSpace;
import io.github.deepcut.data.Dataset;
import io.github.deepcut.data.LabeledText;
import io.github.deepcut.data.Task;
import io.github.deepcut.provenance.Lineage;
import io.github.deepcut.record.ModelRecord;
import io.github.deepcut.run.Progress;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.global.torch;

/** The JSON files of a model folder. */
class ModelFilesFuzzTest {
  static {
    torch.set_num_threads(1); // loads libtorch, which no input shall be blamed for
  }

  private static final Path TINY =
      Path.of("../deepcut-core/src/test/resources/golden/tiny-bert-sequence/model.safetensors");
  private static final Path VOCABULARY = Path.of("src/test/resources/tiny-vocab.txt");

  /** Beside the weights of a tiny classifier, which is then asked about a sentence. */
  @FuzzTest
  void config(byte[] bytes) {
    Path folder = Scratch.folder("model");
    Scratch.copy(TINY, folder, "model.safetensors");
    Scratch.copy(VOCABULARY, folder, "vocab.txt");
    Scratch.file(folder, "config.json", bytes);
    Dataset one = new Dataset(Task.CLASSIFY, "x", List.of(new LabeledText("0", "a b", null, "")));
    Refusal.none(
        () -> {
          try (FineTunedModel model = FineTunedModel.open(folder)) {
            if (model.task() == Task.CLASSIFY && !model.classifier().labels().isEmpty()) {
              model.evaluate(labelled(one, model), Progress.silent());
            }
          }
        });
  }

  private static Dataset labelled(Dataset data, FineTunedModel model) {
    LabeledText text = (LabeledText) data.examples().get(0);
    String label = model.classifier().labels().get(0);
    return new Dataset(
        data.task(), data.source(), List.of(new LabeledText(text.id(), text.text(), null, label)));
  }

  @FuzzTest
  void record(byte[] bytes) {
    Path folder = Scratch.folder("record");
    Scratch.file(folder, ModelRecord.FILE, bytes);
    Refusal.none(
        () -> {
          ModelRecord record = ModelRecord.read(folder).orElse(null);
          assertThat(record.moved(folder, folder.resolveSibling("other"))).isNotNull();
        });
    Refusal.none(() -> assertThat(Lineage.of(folder)).isNotEmpty());
  }

  @FuzzTest
  void searchSpace(byte[] bytes) {
    Path file = Scratch.file("spaces.json", bytes);
    Refusal.none(
        () -> {
          SearchSpace space = SearchSpace.read(file, Task.CLASSIFY);
          space.methods().keySet().forEach(m -> space.draw(m, new SplittableRandom(1)));
        });
  }
}
