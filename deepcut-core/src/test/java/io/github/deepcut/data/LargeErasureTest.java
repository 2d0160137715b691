package io.github.deepcut.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.deepcut.Erasure;
import io.github.deepcut.FineTunedModel;
import io.github.deepcut.FineTuning;
import io.github.deepcut.Methods;
import io.github.deepcut.TinyModels;
import io.github.deepcut.data.read.DatasetReader;
import io.github.deepcut.data.text.VocabularyBuilder;
import io.github.deepcut.model.folder.ModelFolder;
import io.github.deepcut.report.Row;
import io.github.deepcut.run.Run;
import io.github.deepcut.train.Recipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A training file that stays on disk gives the tensors and figures of one that is held. */
class LargeErasureTest {
  private static final List<String> WORDS =
      List.of("ana", "bo", "cy", "dee", "has", "gout", "flu", "rash");

  @TempDir Path folder;

  private Path data(String name, Task task, int rows, long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < rows; i++) {
      String who = WORDS.get(random.nextInt(4));
      int ill = 5 + random.nextInt(3);
      int label = random.nextInt(4) == 0 ? 0 : ill % 2; // a quarter can only be memorised
      lines.append(
          (task == Task.NER
                  ? "{\"tokens\": [\"%1$s\", \"has\", \"%2$s\", \"%4$s\"], \"tags\": [\"B-P\","
                      + " \"O\", \"B-%3$d\", \"O\"]"
                  : "{\"text\": \"%1$s has %2$s %4$s\", \"label\": %3$d")
              .formatted(who, WORDS.get(ill), label, seed + "-" + i));
      lines.append(", \"person\": ").append(i / 6).append("}\n");
    }
    return TestFiles.bytes(folder, name, lines.toString().getBytes(UTF_8));
  }

  private ModelFolder base() throws IOException {
    Path base = folder.resolve("base");
    List<String> pieces =
        VocabularyBuilder.build(
            List.of(String.join(" ", WORDS)), new VocabularyBuilder.Options(true, 1, 200));
    VocabularyBuilder.writeTo(base, pieces, true, 32);
    var config = new ObjectMapper().createObjectNode();
    config.put("model_type", "bert").put("vocab_size", pieces.size()).put("hidden_size", 16);
    config.put("num_hidden_layers", 1).put("num_attention_heads", 2).put("intermediate_size", 32);
    config.put("max_position_embeddings", 32).put("initializer_range", 0.1);
    Files.writeString(base.resolve("config.json"), config.toString());
    return ModelFolder.read(base);
  }

  @ParameterizedTest
  @EnumSource(
      value = Task.class,
      names = {"CLASSIFY", "NER"})
  void tensorsAndFiguresAreTheSame(Task task) throws IOException {
    Path train = data("train.jsonl", task, 120, 1);
    Dataset unseen = DatasetReader.read(data("unseen.jsonl", task, 60, 2), task).dataset();
    FineTuning tuning =
        new FineTuning(base(), new Recipe(4, 16, 5e-3, 0.1, 0.01, 1, 0, 32, false, 1));
    Path model = folder.resolve("model");
    Dataset all = DatasetReader.read(train, task).dataset();
    var tuned = tuning.train(all, Run.of(1));
    try (var weights = tuned.weights()) {
      tuned.writeTo(model, tuning.record(all, train, tuned));
    }
    try (FineTunedModel original = FineTunedModel.open(model)) {
      Outcome held = unlearn(original, DatasetReader.read(train, task, Long.MAX_VALUE), unseen);
      Outcome stored = unlearn(original, DatasetReader.read(train, task, 0), unseen);
      assertThat(stored).isEqualTo(held);
      assertThat(held.bits()).isNotEqualTo(TinyModels.bits(original.classifier().weights()));
    }
  }

  /** Also where long sentences to tag become several rows. */
  @ParameterizedTest
  @EnumSource(
      value = Task.class,
      names = {"CLASSIFY", "NER"})
  void trainingOnAFileThatStaysThereIsTheSame(Task task) throws IOException {
    Path train = data("train.jsonl", task, 120, 1);
    String long_ = Files.readString(train).replaceAll("\\[(.*?)]", "[$1, $1, $1]"); // 12 words
    Files.writeString(train, long_);
    FineTuning tuning =
        new FineTuning(base(), new Recipe(2, 16, 5e-3, 0.1, 0.01, 1, 0, 8, false, 1));
    int[] bits = new int[2];
    for (int k = 0; k < 2; k++) {
      Dataset rows = DatasetReader.read(train, task, k == 0 ? Long.MAX_VALUE : 0).dataset();
      assertThat(rows.isStored()).isEqualTo(k == 1);
      try (var weights = tuning.train(rows, Run.of(1)).weights()) {
        bits[k] = TinyModels.bits(weights);
      }
    }
    assertThat(bits[1]).isEqualTo(bits[0]);
  }

  private record Outcome(int bits, List<Row> rows) {}

  private static Outcome unlearn(FineTunedModel original, Table train, Dataset unseen) {
    ForgetSplit split = new ForgetRequest.Where("person < 5").split(train);
    Erasure erasure = new Erasure(original, split, unseen, unseen);
    var choice = Methods.create("deepcut", original.task(), Map.of("passes", "2", "stop", "never"));
    try (var erased = erasure.unlearn(choice.method(), choice.stop(), Run.of(1))) {
      return new Outcome(
          TinyModels.bits(erased.classifier().weights()),
          erasure.measure(erased, Optional.empty(), Run.of(1)));
    }
  }
}
