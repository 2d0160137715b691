package io.github.deepcut.bench.results;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.deepcut.FineTuning;
import io.github.deepcut.data.Dataset;
import io.github.deepcut.data.Example;
import io.github.deepcut.data.ForgetSplit;
import io.github.deepcut.data.LabeledText;
import io.github.deepcut.data.TaggedSentence;
import io.github.deepcut.data.text.VocabularyBuilder;
import io.github.deepcut.model.folder.ModelFolder;
import io.github.deepcut.model.folder.Prepared;
import io.github.deepcut.model.folder.TextModels;
import io.github.deepcut.provenance.Version;
import io.github.deepcut.record.ModelRecord;
import io.github.deepcut.run.OutputFolder;
import io.github.deepcut.run.Run;
import io.github.deepcut.train.Batches;
import io.github.deepcut.train.Recipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Trained models by name in a cache folder; what is there is not trained again. */
record Models(Path cache) {
  private static final int MAX_PIECES = 8000;

  private static final int TIMED = 1280;

  /** The encoder of all results: small enough for a CPU, from scratch. */
  private static final Map<String, Object> SHAPE =
      Map.ofEntries(
          Map.entry("model_type", "bert"),
          Map.entry("hidden_size", 128),
          Map.entry("num_hidden_layers", 2),
          Map.entry("num_attention_heads", 4),
          Map.entry("intermediate_size", 512),
          Map.entry("max_position_embeddings", 128),
          Map.entry("type_vocab_size", 2),
          Map.entry("hidden_act", "gelu"),
          Map.entry("hidden_dropout_prob", 0.1),
          Map.entry("attention_probs_dropout_prob", 0.1),
          Map.entry("layer_norm_eps", 1e-12),
          Map.entry("initializer_range", 0.05),
          Map.entry("pad_token_id", 0));

  /** A folder with a configuration and a vocabulary of the corpus, without weights. */
  ModelFolder base(Corpus corpus, Dataset train) throws IOException {
    Path folder = cache.resolve(corpus.key()).resolve("base");
    if (!Files.exists(folder)) {
      Files.createDirectories(folder.getParent());
      List<String> vocabulary =
          VocabularyBuilder.build(
              train.examples().stream().map(Models::text).toList(),
              new VocabularyBuilder.Options(corpus.lowerCase(), 2, MAX_PIECES));
      try (OutputFolder out = OutputFolder.create(folder, false)) {
        VocabularyBuilder.writeTo(out.path(), vocabulary, corpus.lowerCase(), 128);
        var config = new ObjectMapper().valueToTree(SHAPE);
        ((com.fasterxml.jackson.databind.node.ObjectNode) config)
            .put("vocab_size", vocabulary.size());
        Files.writeString(out.path().resolve("config.json"), config.toPrettyString() + "\n");
        out.commit();
      }
    }
    return ModelFolder.read(folder);
  }

  /** θ_init: the folder of a model with random weights, from which all of one seed are trained. */
  private ModelFolder initial(Corpus corpus, Training how) throws IOException {
    Path folder = cache.resolve(corpus.key()).resolve("initial-" + how.initial());
    if (!Files.exists(folder)) {
      Run run = Run.of(how.initial());
      Dataset all = how.all();
      Prepared fresh = TextModels.prepare(base(corpus, all), all.task(), all.labels(), run);
      try (OutputFolder out = OutputFolder.create(folder, false);
          var weights = fresh.classifier().weights()) {
        fresh.writeTo(out.path());
        out.commit();
      }
    }
    return ModelFolder.read(folder);
  }

  /** The folder of the model of that name, trained on {@code data} unless it is there. */
  Path trained(Corpus corpus, String name, Dataset data, Training how) throws IOException {
    Path folder = cache.resolve(corpus.key()).resolve(name);
    if (Files.exists(folder)) {
      return folder;
    }
    Recipe recipe = corpus.recipe(how.seed());
    FineTuning tuning = new FineTuning(initial(corpus, how), recipe);
    FineTuning.Tuned tuned = tuning.train(data, how.all().labels(), Run.of(how.seed()));
    try (OutputFolder out = OutputFolder.create(folder, false);
        var weights = tuned.weights()) {
      ModelRecord record =
          new ModelRecord(
              Version.CURRENT,
              data.task().key(),
              recipe,
              tuning.base().path().toString(),
              data.source(),
              "",
              data.size(),
              tuned.took().toMillis() / 1000.0);
      tuned.writeTo(out.path(), record);
      out.commit();
    }
    System.err.printf("%s/%s: %.0f s%n", corpus.key(), name, tuned.took().toMillis() / 1000.0);
    return folder;
  }

  /**
   * How long retraining takes at this moment on this machine: {@value #TIMED} of the retained rows
   * are trained on once, and the time is scaled to all of them and all epochs. So that the ratio to
   * unlearning, which runs next, is not one between a busy and an idle machine.
   */
  double retrainSeconds(Corpus corpus, ForgetSplit split, Dataset all) throws IOException {
    int n = split.retain().length;
    int[] chosen = Batches.sample(n, TIMED, new SplittableRandom(1));
    int[] rows = Arrays.stream(chosen).map(i -> split.retain()[i]).toArray();
    Recipe full = corpus.recipe(1);
    Recipe once = new Recipe(1, 32, 1e-3, 0.1, 0.01, 1.0, 0, 128, false, 1);
    FineTuning.Tuned tuned =
        new FineTuning(base(corpus, all), once)
            .train(split.data().select(rows), all.labels(), Run.of(1));
    tuned.weights().close();
    return tuned.took().toMillis() / 1000.0 * full.epochs() * n / rows.length;
  }

  /**
   * How a model is trained.
   *
   * @param initial the seed of θ_init
   * @param seed of the order of the data and of dropout
   * @param all the whole training data, for labels and vocabulary
   */
  record Training(long initial, long seed, Dataset all) {}

  private static String text(Example e) {
    return e instanceof TaggedSentence s ? String.join(" ", s.words()) : ((LabeledText) e).text();
  }
}
