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
import java.util.concurrent.locks.LockSupport;

/**
 * Trained models by name in a cache folder; what is there is not trained again. They are trained
 * from the encoder in {@code CACHE/encoder} where there is one, else from random weights.
 */
record Models(Path cache) {
  private static final int MAX_PIECES = 8000;

  private static final int TIMED = 1280;

  /** The small encoder: for a CPU, from scratch. */
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

  private Path encoder() {
    return cache.resolve("encoder");
  }

  private boolean isPretrained() {
    return Files.isDirectory(encoder());
  }

  /** Originals, and retrained models of a request. */
  int draws() {
    return isPretrained() ? 2 : 4;
  }

  /**
   * A corpus's recipe, or that by which people fine-tune: few passes at a tenth of the rate, in
   * bfloat16.
   */
  Recipe recipe(Corpus corpus, long seed) {
    Recipe its = corpus.recipe(seed);
    return isPretrained()
        ? new Recipe(its.epochs() / 2, 32, 1e-4, 0.1, 0.01, 1.0, 0, 128, true, seed)
        : its;
  }

  /** The encoder, or a configuration and a vocabulary of the corpus, without weights. */
  private ModelFolder base(Corpus corpus, Dataset train) throws IOException {
    if (isPretrained()) {
      return ModelFolder.read(encoder());
    }
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

  /** θ_init: the folder of a model with a random head, from which all of a corpus are trained. */
  private ModelFolder initial(Study study) throws IOException {
    Path folder = cache.resolve(study.corpus().key()).resolve("initial");
    if (!Files.exists(folder)) {
      Dataset all = study.all();
      ModelFolder base = base(study.corpus(), all);
      Prepared fresh = TextModels.prepare(base, all.task(), all.labels(), Run.of(1));
      try (OutputFolder out = OutputFolder.create(folder, false);
          var weights = fresh.classifier().weights()) {
        fresh.writeTo(out.path());
        out.commit();
      }
    }
    return ModelFolder.read(folder);
  }

  /** Makes θ_init, or waits until the first of several processes has. */
  void begin(Study study, boolean first) throws IOException {
    if (first) {
      initial(study);
    }
    while (!Files.exists(cache.resolve(study.corpus().key()).resolve("initial"))) {
      LockSupport.parkNanos(100_000_000);
    }
  }

  /** The folder of the model of that name, trained on {@code data} unless it is there. */
  Path trained(Study study, String name, Dataset data, long seed) throws IOException {
    Path folder = cache.resolve(study.corpus().key()).resolve(name);
    if (Files.exists(folder)) {
      return folder;
    }
    FineTuning tuning = new FineTuning(initial(study), recipe(study.corpus(), seed));
    FineTuning.Tuned tuned = tuning.train(data, study.all().labels(), Run.of(seed));
    try (OutputFolder out = OutputFolder.create(folder, false);
        var weights = tuned.weights()) {
      ModelRecord record =
          new ModelRecord(
              Version.CURRENT,
              data.task().key(),
              tuning.recipe(),
              tuning.base().path().toString(),
              data.source(),
              "",
              data.size(),
              tuned.took().toMillis() / 1000.0);
      tuned.writeTo(out.path(), record);
      out.commit();
    }
    System.err.printf(
        "%s/%s: %.0f s%n", study.corpus().key(), name, tuned.took().toMillis() / 1000.0);
    return folder;
  }

  /**
   * How long retraining takes at this moment on this machine: {@value #TIMED} of the retained rows
   * are trained on once, and the time is scaled to all of them and all epochs. So that the ratio to
   * unlearning, which runs next, is not one between a busy and an idle machine.
   */
  double retrainSeconds(Study study, ForgetSplit split) throws IOException {
    int n = split.retain().length;
    int[] chosen = Batches.sample(n, Math.min(n, TIMED), new SplittableRandom(1));
    int[] rows = Arrays.stream(chosen).map(i -> split.retain()[i]).toArray();
    Recipe full = recipe(study.corpus(), 1);
    FineTuning.Tuned tuned =
        new FineTuning(initial(study), full.withEpochs(1))
            .train(split.data().select(rows), study.all().labels(), Run.of(1));
    tuned.weights().close();
    return tuned.took().toMillis() / 1000.0 * full.epochs() * n / rows.length;
  }

  private static String text(Example e) {
    return e instanceof TaggedSentence s ? String.join(" ", s.words()) : ((LabeledText) e).text();
  }
}
