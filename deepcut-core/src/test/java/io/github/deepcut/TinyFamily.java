package io.github.deepcut;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.data.Dataset;
import io.github.deepcut.data.Task;
import io.github.deepcut.data.read.DatasetReader;
import io.github.deepcut.data.text.VocabularyBuilder;
import io.github.deepcut.model.folder.ModelFolder;
import io.github.deepcut.run.Run;
import io.github.deepcut.train.Recipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A tiny model of a family, shaped as a golden folder of that name, and data to learn by heart. */
record TinyFamily(String name, Path folder) {
  static final List<String> ALL =
      List.of(
          "bert",
          "roberta",
          "distilbert",
          "xlm-roberta",
          "camembert",
          "electra",
          "mpnet",
          "albert",
          "deberta-log",
          "deberta-separate",
          "deberta-conv",
          "modernbert",
          "modernbert-mean");

  private static final List<String> WORDS = IntStream.range(0, 40).mapToObj(i -> "w" + i).toList();

  /** An untrained encoder: what a golden folder's configuration says, with words of ours. */
  void base() throws IOException {
    List<String> pieces =
        VocabularyBuilder.build(
            List.of(String.join(" ", WORDS)), new VocabularyBuilder.Options(true, 1, 200));
    VocabularyBuilder.writeTo(folder.resolve("base"), pieces, true, 16);
    ObjectNode config = (ObjectNode) Golden.json("tiny-%s-token/config.json".formatted(name));
    config.remove(List.of("architectures", "id2label", "label2id"));
    config.put("vocab_size", pieces.size()).put("initializer_range", 0.2);
    Files.writeString(
        folder.resolve("base").resolve("config.json"),
        new ObjectMapper().writeValueAsString(config));
  }

  /** A model that knows its training data by heart. */
  Path trained(Task task, Dataset train) throws IOException {
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
  Dataset data(Task task, int rows, long seed) throws IOException {
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
