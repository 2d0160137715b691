package io.github.deepcut.bench.kill;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.deepcut.data.text.VocabularyBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** Invented data and an untrained encoder, so small that a training takes a second. */
record World(Path folder) {
  private static final int ROWS = 100;
  private static final List<String> NAMES = List.of("ana", "bo", "cy", "dee", "eli", "fay");
  private static final List<String> ILLS = List.of("asthma", "gout", "flu", "rash");

  /** Makes it, in an empty folder. */
  static World in(Path folder) throws IOException {
    World world = new World(folder);
    SplittableRandom random = new SplittableRandom(5);
    List<String> names = List.of("train", "holdout", "test");
    for (String name : names) {
      world.write(name, ROWS * names.indexOf(name), random);
    }
    List<String> pieces =
        VocabularyBuilder.build(
            List.of(String.join(" ", NAMES) + " " + String.join(" ", ILLS) + " has ."),
            new VocabularyBuilder.Options(true, 1, 200));
    Path base = folder.resolve("base");
    VocabularyBuilder.writeTo(base, pieces, true, 32);
    var config = new ObjectMapper().createObjectNode().put("model_type", "bert");
    config.put("vocab_size", pieces.size()).put("hidden_size", 16).put("num_hidden_layers", 1);
    config.put("num_attention_heads", 2).put("intermediate_size", 32);
    config.put("max_position_embeddings", 32).put("initializer_range", 0.1);
    Files.writeString(base.resolve("config.json"), config.toPrettyString());
    return world;
  }

  /** A hundred sentences, no two alike, of nine patients: as tagged words and as plain text. */
  private void write(String name, int first, SplittableRandom random) throws IOException {
    StringBuilder conll = new StringBuilder();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < ROWS; i++) {
      String who = NAMES.get(random.nextInt(NAMES.size()));
      String what = ILLS.get(random.nextInt(ILLS.size()));
      conll.append(
          String.format(
              Locale.ROOT,
              "# patient = P-%d\n%s\tB-NAME\nhas\tO\n%s\tB-ILL\n%d\tO\n.\tO\n\n",
              (first + i) / 12,
              who,
              what,
              first + i));
      text.append(who).append(" has ").append(what).append(" .\n");
    }
    Files.writeString(folder.resolve(name + ".conll"), conll);
    Files.writeString(folder.resolve(name + ".txt"), text);
  }
}
