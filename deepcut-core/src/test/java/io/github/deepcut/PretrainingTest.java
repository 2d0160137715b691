package io.github.deepcut;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepcut.Pretraining.Pretrained;
import io.github.deepcut.data.Task;
import io.github.deepcut.data.TestFiles;
import io.github.deepcut.model.folder.ModelFolder;
import io.github.deepcut.model.folder.TextModels;
import io.github.deepcut.run.Run;
import io.github.deepcut.train.Recipe;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PretrainingTest {
  @TempDir Path folder;

  /** Every family learns "a b c d", whose next word is always known, from random weights. */
  @ParameterizedTest
  @CsvSource({"roberta,'',off", "distilbert,'\"dim\": 16,',off", "bert,'',bf16"})
  void everyFamilyLearnsFromTextAlone(String family, String own, String precision) {
    TestFiles.write(
        folder, "vocab.txt", "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "a", "b", "c", "d");
    TestFiles.write(
        folder,
        "config.json",
        "{\"model_type\": \"" + family + "\", " + own + "\"initializer_range\": 0.1,",
        "\"hidden_size\": 16, \"num_hidden_layers\": 1, \"num_attention_heads\": 2,",
        "\"n_layers\": 1, \"n_heads\": 2, \"hidden_dim\": 32, \"intermediate_size\": 32,",
        "\"vocab_size\": 9, \"max_position_embeddings\": 40}");
    String[] lines = IntStream.range(0, 100).mapToObj(i -> "a b c d").toArray(String[]::new);
    Path text = TestFiles.write(folder, "text.txt", lines);
    Recipe recipe = new Recipe(40, 4, 1e-2, 0.1, 0.01, 1, 0, 22, precision.equals("bf16"), 1);
    ModelFolder base = ModelFolder.read(folder);
    Pretraining pretraining = new Pretraining(base, recipe, 0.15);
    Pretrained done = pretraining.train(List.of(text), text, Run.of(9));
    try (var weights = done.weights()) {
      assertThat(done.rows()).isEqualTo(20);
      assertThat(done.eval().orElseThrow().hidden()).isEqualTo(20 * 3);
      assertThat(done.eval().orElseThrow().lossBefore()).isGreaterThan(1.5);
      assertThat(done.eval().orElseThrow().loss()).isLessThan(0.3);
      done.writeTo(folder.resolve("out"), pretraining.record(List.of(text), done));
    }
    ModelFolder out = ModelFolder.read(folder.resolve("out"));
    TextModels.prepare(out, Task.NER, List.of("O", "B-X"), Run.of(1))
        .classifier()
        .weights()
        .close();
  }
}
