package io.github.deepcut.app;

import io.github.deepcut.Audit;
import io.github.deepcut.FineTunedModel;
import io.github.deepcut.FineTuning;
import io.github.deepcut.audit.Answers;
import io.github.deepcut.audit.ScoreAttacks;
import io.github.deepcut.data.Dataset;
import io.github.deepcut.data.Example;
import io.github.deepcut.data.ForgetRequest;
import io.github.deepcut.data.ForgetSplit;
import io.github.deepcut.data.LabeledText;
import io.github.deepcut.data.Table;
import io.github.deepcut.data.Task;
import io.github.deepcut.data.text.VocabularyBuilder;
import io.github.deepcut.model.folder.ModelFolder;
import io.github.deepcut.provenance.Version;
import io.github.deepcut.record.ModelRecord;
import io.github.deepcut.report.AuditMeasurement;
import io.github.deepcut.report.Same;
import io.github.deepcut.report.ThreeModels;
import io.github.deepcut.report.Verdict;
import io.github.deepcut.report.VerdictRule;
import io.github.deepcut.run.Progress;
import io.github.deepcut.run.Run;
import io.github.deepcut.stats.Bootstrap;
import io.github.deepcut.tensor.Weights;
import io.github.deepcut.train.Recipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Data where the truth is known: each sample has a word of its own, by which a model can learn its
 * label by heart, beside three words whose sum tells the label in four cases of five. And tiny
 * models of it, all from one encoder.
 */
record Planted(ModelFolder base, Dataset all, ForgetSplit split, Unseen unseen, long seed) {
  private static final int FORGET = 200;
  private static final int RETAIN = 300;
  private static final int TEST = 3000;

  private static final int MORE = 300;

  /**
   * What no model was trained on.
   *
   * @param test to audit with
   * @param more of its kind
   * @param variants of the forgotten samples: their own word and label, with three other words. Who
   *     knows these labels has not forgotten
   */
  record Unseen(Dataset test, Dataset more, Dataset variants) {}

  /** The further a word from the middle, the more it tells. */
  private static final List<String> TOLD =
      List.of("ah", "be", "co", "do", "eh", "fa", "go", "hi", "it", "jo", "ko", "la");

  static Planted in(Path folder, long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    Dataset all = texts(0, FORGET + RETAIN, random);
    List<String> ids = IntStream.range(0, FORGET).mapToObj(Integer::toString).toList();
    Path base = trained(base(folder.resolve("empty")), "base", all, new Start(1, 1e-6, seed));
    return new Planted(
        ModelFolder.read(base),
        all,
        new ForgetRequest.Ids(ids).split(Table.of(all)),
        new Unseen(
            texts(FORGET + RETAIN, TEST, random),
            texts(FORGET + RETAIN + TEST, MORE, random),
            variants(all, random)),
        seed);
  }

  private static Dataset variants(Dataset all, SplittableRandom random) {
    List<Example> out = new ArrayList<>();
    for (int i = 0; i < 4 * FORGET; i++) {
      LabeledText known = (LabeledText) all.examples().get(i % FORGET);
      String text = told(word(i % FORGET), random.ints(3, 0, TOLD.size()).toArray());
      out.add(new LabeledText("v" + i, text, null, known.label()));
    }
    return new Dataset(Task.CLASSIFY, "variants", out);
  }

  private static String told(String own, int[] words) {
    String text = own;
    for (int w : words) {
      text += " " + TOLD.get(w);
    }
    return text;
  }

  private static Dataset texts(int first, int n, SplittableRandom random) {
    List<Example> out = new ArrayList<>();
    for (int i = first; i < first + n; i++) {
      int[] words = random.ints(3, 0, TOLD.size()).toArray();
      boolean ill = IntStream.of(words).map(w -> 2 * w - 11).sum() > 0; // odd, so never 0
      boolean told = random.nextInt(5) > 0;
      String label = ill == told ? "bad" : "good";
      out.add(new LabeledText(Integer.toString(i), told(word(i), words), null, label));
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
        IntStream.range(0, FORGET + RETAIN + TEST + MORE).mapToObj(Planted::word).toList();
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
    Recipe recipe = new Recipe(how.epochs, 32, how.learningRate, 0.1, 0.0, 1.0, 0, 32, false, own);
    FineTuning tuning = new FineTuning(base, recipe);
    FineTuning.Tuned tuned = tuning.train(data, List.of("bad", "good"), Run.of(own));
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

  /** What a model says of the forgotten, the retained and the test samples. */
  Answers answers(FineTunedModel model) {
    return new Answers.Parts(split.forgetSet(), split.retainSet(), unseen.test)
        .ask(d -> model.evaluate(d, Progress.silent()));
  }

  /** How much of what only the forgotten samples told it still answers by: 1/2 is nothing. */
  double knows(FineTunedModel model) {
    int[] last = IntStream.range(3 * FORGET, 4 * FORGET).toArray();
    return model.evaluate(unseen.variants.select(last), Progress.silent()).score();
  }

  /** What somebody would keep as it was who wants to hide that the forgotten ones are known. */
  Dataset elsewhere(boolean alsoVariants) {
    List<Example> out = new ArrayList<>(split.retainSet().examples());
    if (alsoVariants) {
      out.addAll(unseen.more.examples());
      out.addAll(unseen.variants.examples().subList(0, 3 * FORGET));
    }
    return new Dataset(Task.CLASSIFY, "elsewhere", out);
  }

  /** The verdict of an audit that leaves copies of the models alone. */
  Verdict audited(FineTunedModel original, FineTunedModel audited, FineTunedModel retrained) {
    return new Audit(new ThreeModels<>(original, audited, retrained), split, unseen.test)
        .outcome(false, "out", Run.of(seed))
        .run()
        .verdict();
  }

  /** An audit with test data that hold half of the forgotten samples. */
  Audit contaminated(FineTunedModel original, FineTunedModel retrained) {
    List<Example> tested = new ArrayList<>(unseen.test.examples());
    split.forgetSet().examples().stream()
        .limit(FORGET / 2)
        .map(Planted::renamed)
        .forEach(tested::add);
    Dataset test = new Dataset(Task.CLASSIFY, "contaminated", tested);
    return new Audit(new ThreeModels<>(original, original, retrained), split, test);
  }

  /** Nobody is known by an id. */
  private static Example renamed(Example example) {
    LabeledText text = (LabeledText) example;
    return new LabeledText("copy " + text.id(), text.text(), null, text.label());
  }

  /** The verdict on what models say, as if nobody knew their tensors. */
  Verdict verdict(ThreeModels<Answers> models) {
    Bootstrap bootstrap = new Bootstrap(Run.of(seed).random("bootstrap"));
    return VerdictRule.DEFAULT.judge(
        new AuditMeasurement(models, ScoreAttacks.ALL, Set.of()).verdictRows(bootstrap), Same.NONE);
  }
}
