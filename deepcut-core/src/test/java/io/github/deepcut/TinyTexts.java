package io.github.deepcut;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.deepcut.data.Dataset;
import io.github.deepcut.data.Task;
import io.github.deepcut.data.read.DatasetReader;
import io.github.deepcut.data.text.VocabularyBuilder;
import io.github.deepcut.model.folder.ModelFolder;
import io.github.deepcut.run.Run;
import io.github.deepcut.shadow.training.Shadows;
import io.github.deepcut.train.Recipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Texts of random words with random labels, which a model can only learn by heart: {@code
 * train.jsonl}, {@code eval.jsonl}, and {@code base}, an untrained encoder.
 */
public record TinyTexts(Path folder) {
  /** So many that a model which never saw a text is rarely right by chance. */
  private static final int LABELS = 30;

  public static TinyTexts in(Path folder, int train, int eval) throws IOException {
    List<String> words = IntStream.range(0, 40).mapToObj(i -> "w" + i).toList();
    SplittableRandom random = new SplittableRandom(3);
    Files.writeString(folder.resolve("train.jsonl"), rows(train, words, random));
    Files.writeString(folder.resolve("eval.jsonl"), rows(eval, words, random));
    writeBase(folder.resolve("base"), words);
    return new TinyTexts(folder);
  }

  private static String rows(int n, List<String> words, SplittableRandom random) {
    return IntStream.range(0, n)
        .mapToObj(
            i ->
                "{\"text\": \"%s\", \"label\": \"%s\"}\n"
                    .formatted(
                        IntStream.range(0, 5)
                            .mapToObj(k -> words.get(random.nextInt(words.size())))
                            .collect(Collectors.joining(" ")),
                        "label" + random.nextInt(LABELS)))
        .collect(Collectors.joining());
  }

  private static void writeBase(Path base, List<String> words) throws IOException {
    List<String> pieces =
        VocabularyBuilder.build(
            List.of(String.join(" ", words)), new VocabularyBuilder.Options(true, 1, 200));
    VocabularyBuilder.writeTo(base, pieces, true, 16);
    var config = new ObjectMapper().createObjectNode();
    config.put("model_type", "bert").put("vocab_size", pieces.size()).put("hidden_size", 32);
    config.put("num_hidden_layers", 1).put("num_attention_heads", 2).put("intermediate_size", 64);
    config.put("max_position_embeddings", 16).put("initializer_range", 0.1);
    config.put("hidden_dropout_prob", 0.0).put("attention_probs_dropout_prob", 0.0);
    Files.writeString(base.resolve("config.json"), config.toPrettyString());
  }

  public Path path(String name) {
    return folder.resolve(name);
  }

  /** Trains a model on the training texts at {@code positions}, or on all where that is null. */
  public Path model(String name, int epochs, int[] positions) throws IOException {
    Path file = path("train.jsonl");
    Dataset all = DatasetReader.read(file, Task.CLASSIFY).dataset();
    Dataset data = positions == null ? all : all.select(positions);
    Recipe recipe = new Recipe(epochs, 16, 3e-3, 0.1, 0, 1, 0, 16, false, 1);
    FineTuning tuning = new FineTuning(ModelFolder.read(path("base")), recipe);
    FineTuning.Tuned tuned = tuning.train(data, all.labels(), Run.of(1));
    try (var weights = tuned.weights()) {
      Files.createDirectories(path(name));
      tuned.writeTo(path(name), tuning.record(data, file, tuned));
    }
    return path(name);
  }

  public Shadows.Job job(Path model, String cache) {
    return Shadows.Job.of(model, path("train.jsonl"), path("eval.jsonl"), path(cache));
  }
}
