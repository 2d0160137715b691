package io.github.deepcut;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.audit.Evaluation;
import io.github.deepcut.data.Dataset;
import io.github.deepcut.data.ForgetSplit;
import io.github.deepcut.data.Task;
import io.github.deepcut.data.read.DatasetReader;
import io.github.deepcut.data.text.VocabularyBuilder;
import io.github.deepcut.model.folder.ModelFolder;
import io.github.deepcut.run.Progress;
import io.github.deepcut.run.Run;
import io.github.deepcut.train.Recipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every family of encoders is trained, unlearns, is audited, is written and read again: from the
 * configurations that transformers wrote for the golden folders.
 */
class FamiliesTest {
  private static final int TRAIN = 60;
  private static final List<String> WORDS = IntStream.range(0, 40).mapToObj(i -> "w" + i).toList();

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "roberta",
        "distilbert",
        "xlm-roberta",
        "camembert",
        "electra",
        "mpnet",
        "albert",
        "deberta-log",
        "deberta-separate",
        "deberta-conv"
      })
  void ofSentencesAndWords(String family) throws IOException {
    base(family);
    for (Task task : List.of(Task.CLASSIFY, Task.NER)) {
      Dataset train = data(task, TRAIN, 1);
      Dataset heldOut = data(task, 40, 2);
      Path trained = trained(task, train);
      ForgetSplit split =
          new ForgetSplit(
              train,
              IntStream.range(0, 6).toArray(),
              IntStream.range(6, TRAIN).toArray(),
              "six of them");
      try (FineTunedModel original = FineTunedModel.open(trained)) {
        Evaluation before = original.evaluate(train, Progress.silent());
        assertThat(right(before)).as(family + " has learnt " + task).isGreaterThan(.6);
        Erasure erasure = new Erasure(original, split, heldOut, data(task, 40, 3));
        var choice = Methods.create("deepcut", task, Map.of());
        Path out = folder.resolve(task + "-unlearned");
        try (Erased erased = erasure.unlearn(choice.method(), choice.stop(), Run.of(1))) {
          erased.writeTo(out);
          assertThat(mean(erased.evaluate(split.forgetSet())))
              .as("losses of the forgotten have risen")
              .isGreaterThan(1.3 * mean(original.evaluate(split.forgetSet(), Progress.silent())));
          try (FineTunedModel written = FineTunedModel.open(out)) {
            assertThat(written.evaluate(train, Progress.silent()).losses())
                .isEqualTo(erased.evaluate(train).losses());
            assertThat(written.folder().tensors().keySet())
                .isEqualTo(original.folder().tensors().keySet());
          }
        }
      }
    }
  }

  private static double right(Evaluation evaluation) {
    return Arrays.stream(evaluation.losses()).filter(loss -> loss < Math.log(2)).count()
        / (double) evaluation.losses().length;
  }

  private static double mean(Evaluation evaluation) {
    return Arrays.stream(evaluation.losses()).average().orElseThrow();
  }

  /** An untrained encoder: what a golden folder's configuration says, with words of ours. */
  private void base(String family) throws IOException {
    List<String> pieces =
        VocabularyBuilder.build(
            List.of(String.join(" ", WORDS)), new VocabularyBuilder.Options(true, 1, 200));
    VocabularyBuilder.writeTo(folder.resolve("base"), pieces, true, 16);
    ObjectNode config = (ObjectNode) Golden.json("tiny-%s-token/config.json".formatted(family));
    config.remove(List.of("architectures", "id2label", "label2id"));
    config.put("vocab_size", pieces.size()).put("initializer_range", 0.2);
    Files.writeString(
        folder.resolve("base").resolve("config.json"),
        new ObjectMapper().writeValueAsString(config));
  }

  private Path trained(Task task, Dataset train) throws IOException {
    Recipe recipe = new Recipe(40, 8, 1e-2, 0.1, 0, 1, 0, 16, false, 1);
    FineTuning tuning = new FineTuning(ModelFolder.read(folder.resolve("base")), recipe);
    FineTuning.Tuned tuned = tuning.train(train, train.labels(), Run.of(1));
    Path out = folder.resolve(task + "-trained");
    try (var weights = tuned.weights()) {
      Files.createDirectories(out);
      tuned.writeTo(out, tuning.record(train, file(task, 1), tuned));
    }
    return out;
  }

  private Path file(Task task, long seed) {
    return folder.resolve("%s-%d.jsonl".formatted(task, seed));
  }

  /**
   * Sentences of five words with one of three classes, or each: what one can only learn by heart.
   */
  private Dataset data(Task task, int rows, long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    String lines =
        IntStream.range(0, rows)
            .mapToObj(i -> random.ints(5, 0, WORDS.size()).toArray())
            .map(words -> task == Task.NER ? tagged(words, random) : sentence(words, random))
            .collect(Collectors.joining());
    Files.writeString(file(task, seed), lines);
    return DatasetReader.read(file(task, seed), task).dataset();
  }

  private static String sentence(int[] words, SplittableRandom random) {
    String text = Arrays.stream(words).mapToObj(WORDS::get).collect(Collectors.joining(" "));
    return "{\"text\": \"%s\", \"label\": \"c%d\"}\n".formatted(text, random.nextInt(3));
  }

  private static String tagged(int[] words, SplittableRandom random) {
    return "{\"tokens\": [%s], \"tags\": [%s]}\n"
        .formatted(
            list(words, WORDS::get),
            list(words, w -> List.of("O", "B-T1", "B-T2").get(random.nextInt(3))));
  }

  private static String list(int[] words, IntFunction<String> of) {
    return Arrays.stream(words)
        .mapToObj(w -> "\"" + of.apply(w) + "\"")
        .collect(Collectors.joining(", "));
  }
}
