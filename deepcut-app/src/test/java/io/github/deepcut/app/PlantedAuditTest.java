package io.github.deepcut.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepcut.Audit;
import io.github.deepcut.FineTunedModel;
import io.github.deepcut.FineTuning;
import io.github.deepcut.ModelRecord;
import io.github.deepcut.audit.Evaluated;
import io.github.deepcut.audit.LossAttack;
import io.github.deepcut.data.Batch;
import io.github.deepcut.data.Dataset;
import io.github.deepcut.data.Example;
import io.github.deepcut.data.ForgetRequest;
import io.github.deepcut.data.ForgetSplit;
import io.github.deepcut.data.LabeledText;
import io.github.deepcut.data.Sequence;
import io.github.deepcut.data.Table;
import io.github.deepcut.data.Task;
import io.github.deepcut.data.text.VocabularyBuilder;
import io.github.deepcut.model.Classifier;
import io.github.deepcut.model.ModelFolder;
import io.github.deepcut.model.Predictor;
import io.github.deepcut.provenance.Version;
import io.github.deepcut.report.Trio;
import io.github.deepcut.report.Verdict;
import io.github.deepcut.report.Verdict.Outcome;
import io.github.deepcut.run.Progress;
import io.github.deepcut.run.Run;
import io.github.deepcut.tensor.Weights;
import io.github.deepcut.train.Optimizer;
import io.github.deepcut.train.Recipe;
import io.github.deepcut.train.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Verdicts where the truth is known: each sample has a word of its own, by which a model can learn
 * its label by heart, beside three words whose sum tells the label in four cases of five.
 */
@Tag("slow")
class PlantedAuditTest {
  private static final int FORGET = 200;
  private static final int RETAIN = 300;
  private static final int TEST = 400;

  /** The further a word from the middle, the more it tells. */
  private static final List<String> TOLD =
      List.of("ah", "be", "co", "do", "eh", "fa", "go", "hi", "it", "jo", "ko", "la");

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void noVerdictIsWrong(long seed, @TempDir Path folder) throws IOException {
    Planted planted = Planted.in(folder, seed);
    try (FineTunedModel original = planted.trained("original", planted.all, seed);
        FineTunedModel retrained = planted.trained("a", planted.split.retainSet(), seed + 100);
        FineTunedModel other = planted.trained("b", planted.split.retainSet(), seed + 200)) {
      assertThat(planted.attack(original)).isGreaterThanOrEqualTo(0.8);
      Verdict nothing = planted.verdict(original, original, retrained);
      assertThat(nothing.outcome()).as(nothing.because()).isEqualTo(Outcome.NOT_FORGOTTEN);
      assertThat(nothing.because()).contains("still remembered");
      Verdict right = planted.verdict(original, other, retrained);
      assertThat(right.outcome()).as(right.because()).isEqualTo(Outcome.FORGOTTEN);
      try (FineTunedModel ascended = planted.ascended(original)) {
        Verdict over = planted.verdict(original, ascended, retrained);
        assertThat(over.outcome()).as(over.because()).isEqualTo(Outcome.NOT_FORGOTTEN);
        assertThat(over.because()).contains("over-forgetting");
      }
    }
  }

  private record Planted(
      ModelFolder base, Dataset all, ForgetSplit split, Dataset test, long seed) {
    static Planted in(Path folder, long seed) throws IOException {
      SplittableRandom random = new SplittableRandom(seed);
      Dataset all = texts(0, FORGET + RETAIN, random);
      List<String> ids = IntStream.range(0, FORGET).mapToObj(Integer::toString).toList();
      Path base = trained(base(folder.resolve("empty")), "base", all, new Start(1, 1e-6, seed));
      return new Planted(
          ModelFolder.read(base),
          all,
          new ForgetRequest.Ids(ids).split(Table.of(all)),
          texts(FORGET + RETAIN, TEST, random),
          seed);
    }

    private static Dataset texts(int first, int n, SplittableRandom random) {
      List<Example> out = new ArrayList<>();
      for (int i = first; i < first + n; i++) {
        int[] words = random.ints(3, 0, TOLD.size()).toArray();
        boolean ill = IntStream.of(words).map(w -> 2 * w - 11).sum() > 0; // odd, so never 0
        boolean told = random.nextInt(5) > 0;
        String text = word(i);
        for (int w : words) {
          text += " " + TOLD.get(w);
        }
        out.add(new LabeledText(Integer.toString(i), text, null, ill == told ? "bad" : "good"));
      }
      return new Dataset(Task.CLASSIFY, "planted", out);
    }

    /** A word of letters alone, so that it is one piece. */
    private static String word(int i) {
      return "x" + (char) ('a' + i / 676) + (char) ('a' + i / 26 % 26) + (char) ('a' + i % 26);
    }

    private static ModelFolder base(Path base) throws IOException {
      Tiny.writeBase(base);
      List<String> words =
          IntStream.range(0, FORGET + RETAIN + TEST).mapToObj(Planted::word).toList();
      List<String> pieces =
          VocabularyBuilder.build(
              List.of(String.join(" ", words) + " " + String.join(" ", TOLD)),
              new VocabularyBuilder.Options(true, 1, 5000));
      VocabularyBuilder.writeTo(base, pieces, true, 32);
      Path config = base.resolve("config.json");
      Files.writeString(
          config,
          Files.readString(config)
              .replaceFirst("\"vocab_size\" : \\d+", "\"vocab_size\" : " + pieces.size()));
      return ModelFolder.read(base);
    }

    FineTunedModel trained(String name, Dataset data, long own) {
      return FineTunedModel.open(trained(base, name, data, new Start(25, 4e-3, own)));
    }

    private record Start(int epochs, double learningRate, long seed) {}

    /**
     * All models start from the same encoder, as fine-tuned ones do: one trained for a single epoch
     * at a rate that leaves its random weights nearly as they were.
     */
    private static Path trained(ModelFolder base, String name, Dataset data, Start how) {
      long own = how.seed;
      Recipe recipe =
          new Recipe(how.epochs, 32, how.learningRate, 0.1, 0.0, 1.0, 0, 32, false, own);
      FineTuning tuning = new FineTuning(base, recipe);
      FineTuning.Tuned tuned = tuning.train(data, List.of("bad", "good"), null, Run.of(own));
      Path folder = base.path().resolveSibling(name);
      try (Weights weights = tuned.weights()) {
        Files.createDirectory(folder);
        tuned.writeTo(
            folder,
            new ModelRecord(
                Version.CURRENT,
                "classify",
                recipe,
                base.path().toString(),
                "planted",
                "",
                data.size(),
                1));
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
      return folder;
    }

    /** Gradient ascent on D_f, on what is still right of it, until not one answer is right. */
    FineTunedModel ascended(FineTunedModel original) throws IOException {
      Path folder = base.path().resolveSibling("ascended");
      try (Weights copy = original.classifier().weights().copy();
          Optimizer optimizer = new Optimizer(copy, n -> true, 0, 1)) {
        Classifier model = original.classifier().withWeights(copy);
        var rows = original.encode(split.forgetSet());
        for (List<Sequence> right = right(model, rows); !right.isEmpty(); ) {
          try (var scope = new PointerScope()) {
            Batch batch = Batch.of(right);
            var logits = model.forward(batch, false).logits();
            optimizer.step(Trainer.crossEntropy(logits, batch.labels()).neg(), 3e-3);
          }
          right = right(model, rows);
        }
        Files.createDirectory(folder);
        original.folder().writeTo(folder, copy.all(), null);
      }
      return FineTunedModel.open(folder);
    }

    /** Those that are still answered right. */
    private static List<Sequence> right(Classifier model, List<Sequence> rows) {
      return new Predictor()
          .predict(model, rows).stream()
              .filter(p -> p.best() == p.label())
              .map(p -> rows.get(p.example()))
              .toList();
    }

    double attack(FineTunedModel model) {
      Evaluated forget = model.evaluate(split.forgetSet(), Progress.silent());
      Evaluated unseen = model.evaluate(test, Progress.silent());
      return new LossAttack(forget.scored(), unseen.scored()).auc().number().orElseThrow();
    }

    Verdict verdict(FineTunedModel original, FineTunedModel audited, FineTunedModel retrained) {
      return new Audit(new Trio<>(original, audited, retrained), split, test).verdict(Run.of(seed));
    }
  }
}
