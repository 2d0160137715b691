package io.github.deepcut.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.deepcut.data.text.VocabularyBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * A folder with data and an untrained encoder, so small that a training takes a second: {@code
 * base}, {@code train.conll}, {@code holdout.conll}, {@code test.conll}, {@code texts.jsonl}.
 */
record Tiny(Path folder) {
  private static final List<String> NAMES = List.of("ana", "bo", "cy", "dee", "eli", "fay");
  private static final List<String> ILLS = List.of("asthma", "gout", "flu", "rash");

  static Tiny in(Path folder) throws IOException {
    Tiny tiny = new Tiny(folder);
    SplittableRandom random = new SplittableRandom(5);
    tiny.notes("train.conll", 0, random);
    tiny.notes("holdout.conll", 100, random);
    tiny.notes("test.conll", 200, random);
    StringBuilder texts = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      boolean ill = random.nextBoolean();
      texts.append(
          "{\"text\": \"%s has %s %d\", \"label\": \"%s\", \"person\": %d}%n"
              .formatted(
                  NAMES.get(random.nextInt(6)),
                  ill ? "gout" : "flu",
                  i,
                  ill ? "bad" : "good",
                  i / 4));
    }
    Files.writeString(folder.resolve("texts.jsonl"), texts);
    writeBase(folder.resolve("base"));
    return tiny;
  }

  static void writeBase(Path base) throws IOException {
    String text = String.join(" ", Stream.concat(NAMES.stream(), ILLS.stream()).toList());
    List<String> pieces =
        VocabularyBuilder.build(
            List.of(text + " has ."), new VocabularyBuilder.Options(true, 1, 200));
    VocabularyBuilder.writeTo(base, pieces, true, 32);
    var config = new ObjectMapper().createObjectNode();
    config.put("model_type", "bert").put("vocab_size", pieces.size()).put("hidden_size", 16);
    config.put("num_hidden_layers", 1).put("num_attention_heads", 2).put("intermediate_size", 32);
    config.put("max_position_embeddings", 32).put("initializer_range", 0.1);
    Files.writeString(base.resolve("config.json"), config.toPrettyString());
  }

  private void notes(String file, int first, SplittableRandom random) throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 48; i++) {
      text.append("# patient = P-").append(first + i / 12).append('\n');
      text.append(NAMES.get(random.nextInt(6))).append("\tB-NAME\nhas\tO\n");
      text.append(ILLS.get(random.nextInt(4))).append("\tB-ILL\n");
      text.append(48 * first + i).append("\tO\n.\tO\n\n"); // no two say the same
    }
    Files.writeString(folder.resolve(file), text);
  }

  Path path(String name) {
    return folder.resolve(name);
  }

  /** Trains a tagger. */
  Path tagger(String name, Object... more) {
    Object[] usual = {
      "train",
      "--model",
      path("base"),
      "--data",
      path("train.conll"),
      "--task",
      "ner",
      "--out",
      path(name),
      "--epochs",
      3,
      "--lr",
      3e-3
    };
    Cli.done(Stream.concat(Stream.of(usual), Stream.of(more)).toArray());
    return path(name);
  }

  /** Trains a classifier. */
  Path classifier(String name) {
    Cli.done(
        "train",
        "--model",
        path("base"),
        "--data",
        path("texts.jsonl"),
        "--task",
        "classify",
        "--out",
        path(name),
        "--epochs",
        1,
        "--lr",
        3e-3);
    return path(name);
  }

  /** The arguments that unlearn a patient from a tagger. */
  Object[] unlearn(Path model, Path out, Object... more) {
    Object[] usual = {
      "unlearn",
      "--model",
      model,
      "--data",
      path("train.conll"),
      "--forget",
      "patient = 'P-1'",
      "--holdout",
      path("holdout.conll"),
      "--eval",
      path("test.conll"),
      "--set",
      "passes=1",
      "--set",
      "stop=never",
      "--method",
      "deepcut-paper",
      "--set",
      "learning_rate=1e-4", // that of its training ruins so small a model in one step
      "--out",
      out
    };
    return Stream.concat(Stream.of(usual), Stream.of(more)).toArray();
  }
}
