package io.github.deepcut;

import io.github.deepcut.data.Sequence;
import io.github.deepcut.data.TextLines;
import io.github.deepcut.data.text.Packer;
import io.github.deepcut.data.text.Tokenizer;
import io.github.deepcut.model.folder.LanguageModels;
import io.github.deepcut.model.folder.ModelFolder;
import io.github.deepcut.model.transformer.EncoderConfig;
import io.github.deepcut.provenance.Fingerprint;
import io.github.deepcut.provenance.Version;
import io.github.deepcut.record.Machine;
import io.github.deepcut.record.ModelRecord;
import io.github.deepcut.record.PretrainingRecord;
import io.github.deepcut.record.PretrainingRecord.Source;
import io.github.deepcut.run.InputException;
import io.github.deepcut.run.Run;
import io.github.deepcut.tensor.Weights;
import io.github.deepcut.train.MaskedTokens;
import io.github.deepcut.train.Masking;
import io.github.deepcut.train.Recipe;
import io.github.deepcut.train.Trainer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/**
 * Trains the encoder of a model folder on plain text, as a masked language model: from random
 * weights, or on from where it is, to get used to a domain.
 *
 * @param base the folder to start from: an encoder, with or without a language-model head, or a
 *     configuration with a vocabulary alone
 * @param recipe how
 * @param maskShare of the tokens to hide, within (0, 1)
 */
public record Pretraining(ModelFolder base, Recipe recipe, double maskShare) {

  /**
   * The mean loss of the hidden tokens of other text, the same ones before and after.
   *
   * @param lossBefore of the model that training started from, in nats a token
   * @param loss of the weights that were kept, in nats a token
   * @param hidden how many tokens
   */
  public record Evaluated(double lossBefore, double loss, long hidden) {
    /** {@return how many equally likely tokens would be as hard to choose from} */
    public double perplexity() {
      return Math.exp(loss);
    }

    /** {@return the perplexity of the model that training started from} */
    public double perplexityBefore() {
      return Math.exp(lossBefore);
    }
  }

  /**
   * A model in memory, after training. Its weights are the caller's to close.
   *
   * @param prepared the model and what its folder looks like
   * @param trained what became of the training: epochs, steps and loss
   * @param rows of one epoch
   * @param tokens of one epoch, special tokens included
   * @param eval of the weights that were kept; empty without text to evaluate on
   * @param took training with its evaluations, without reading text and weights
   */
  public record Pretrained(
      LanguageModels.Prepared prepared,
      Trainer.Trained trained,
      int rows,
      long tokens,
      Optional<Evaluated> eval,
      Duration took) {
    /**
     * Writes the model folder, with the record of its making.
     *
     * @param target the folder to write into
     * @param record as {@link Pretraining#record} gives it
     */
    public void writeTo(Path target, PretrainingRecord record) {
      prepared.writeTo(target);
      ModelRecord.write(target, record);
    }

    /**
     * {@return the weights of the encoder and its head, on the device that they were trained on}
     */
    public Weights weights() {
      return prepared.model().weights();
    }

    /** {@return tokens of all epochs} */
    public long tokensTrained() {
      return tokens * trained.epochs();
    }

    /** {@return tokens of all epochs over the time it took} */
    public double tokensPerSecond() {
      return tokensTrained() / Math.max(1e-3, took.toMillis() / 1000.0);
    }
  }

  /**
   * Trains on text; the last epoch is kept.
   *
   * @param corpus files of text, a sentence or paragraph a line
   * @param run for its clock, device and checkpoints; the seed is the recipe's
   * @return the trained model
   * @throws InputException if a file holds no text, or the folder cannot be trained so
   */
  public Pretrained train(List<Path> corpus, Run run) {
    return train(corpus, Optional.empty(), run);
  }

  /**
   * Trains on text; the epoch that does best on {@code eval} is kept.
   *
   * @param corpus files of text, a sentence or paragraph a line
   * @param eval a file of text, judged after each epoch
   * @param run for its clock, device and checkpoints; the seed is the recipe's
   * @return the trained model
   * @throws InputException if a file holds no text, or the folder cannot be trained so
   */
  public Pretrained train(List<Path> corpus, Path eval, Run run) {
    return train(corpus, Optional.of(eval), run);
  }

  private Pretrained train(List<Path> corpus, Optional<Path> text, Run run) {
    Run seeded = run.withSeed(recipe.seed());
    EncoderConfig shape = EncoderConfig.of(base.config());
    try (Tokenizer tokenizer = Inputs.tokenizer(base, shape)) {
      int length = Inputs.length(base, tokenizer, Math.min(recipe.maxTokens(), shape.maxTokens()));
      Masking masking = masking(tokenizer);
      List<Sequence> rows = rows(tokenizer, length, corpus);
      List<Sequence> eval =
          text.map(file -> rows(tokenizer, length, List.of(file))).orElse(List.of());
      LanguageModels.Prepared prepared = LanguageModels.prepare(base, seeded);
      prepared.model().weights().to(run.device());
      var objective = new MaskedTokens(prepared.model(), masking, recipe.bf16(), seeded);
      List<Sequence> hidden = objective.fixed(eval);
      double before = objective.meanLoss(hidden);
      DoubleSupplier judge = text.isEmpty() ? null : () -> -objective.meanLoss(hidden);
      Instant start = run.clock().instant();
      Trainer.Trained trained = new Trainer(recipe).train(objective, rows, judge, seeded);
      Duration took = run.since(start);
      long guessed = hidden.stream().mapToLong(row -> row.labels().length).sum();
      Optional<Evaluated> evaluated =
          text.map(file -> new Evaluated(before, -trained.bestScore(), guessed));
      long tokens = rows.stream().mapToLong(row -> row.ids().length).sum();
      return new Pretrained(prepared, trained, rows.size(), tokens, evaluated, took);
    }
  }

  private Masking masking(Tokenizer tokenizer) {
    int mask =
        tokenizer
            .maskId()
            .orElseThrow(
                () -> new InputException(base.path() + ": its tokenizer has no mask token"));
    return new Masking(maskShare, mask, tokenizer.ordinaryIds());
  }

  private List<Sequence> rows(Tokenizer tokenizer, int length, List<Path> files) {
    Packer packer = new Packer(tokenizer, length);
    files.forEach(file -> TextLines.read(file, packer::add));
    List<Sequence> rows = packer.rows();
    if (rows.isEmpty()) {
      throw new InputException(
          files.get(0) + ": it holds no word that the tokenizer of " + base.path() + " knows");
    }
    return rows;
  }

  /**
   * {@return what to remember of a training}
   *
   * @param corpus the files of text that it was trained on
   * @param done what came of it
   */
  public PretrainingRecord record(List<Path> corpus, Pretrained done) {
    return new PretrainingRecord(
        Version.CURRENT,
        "pretrain",
        recipe,
        maskShare,
        absolute(base.path()),
        corpus.stream().map(f -> new Source(absolute(f), Fingerprint.of(f))).toList(),
        done.tokens(),
        done.took().toMillis() / 1000.0,
        Machine.environment(done.weights()),
        List.of(ModelRecord.parent("pretrained", base.path())));
  }

  private static String absolute(Path path) {
    return path.toAbsolutePath().normalize().toString();
  }
}
