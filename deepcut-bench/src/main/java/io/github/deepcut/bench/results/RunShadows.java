package io.github.deepcut.bench.results;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.FineTunedModel;
import io.github.deepcut.audit.InterpolatedMeasurement;
import io.github.deepcut.audit.LogOdds;
import io.github.deepcut.audit.ShadowAttack;
import io.github.deepcut.data.Dataset;
import io.github.deepcut.run.Progress;
import io.github.deepcut.shadow.ShadowAnswers;
import io.github.deepcut.shadow.training.Shadows;
import io.github.deepcut.stats.Bootstrap;
import io.github.deepcut.stats.Interval;
import io.github.deepcut.stats.Value;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;

/**
 * What the attacks with shadow models find in the original and the retrained models of the random
 * requests on clinc150, whose models {@link TrainModels} has trained: {@code DATA CACHE POOLS N
 * JOBS}. A line of JSON for each seed; with the pool in place, no model is trained.
 */
public final class RunShadows {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Corpus CORPUS = Corpus.CLINC150;

  private RunShadows() {}

  /** {@code DATA CACHE POOLS N JOBS}. */
  public static void main(String[] args) throws IOException {
    Path models = Path.of(args[1]).resolve(CORPUS.key());
    Path data = Path.of(args[0]).resolve(CORPUS.key());
    Path original = models.resolve("original-a");
    Shadows.Job job =
        Shadows.Job.of(
            original,
            data.resolve("train.jsonl.gz"),
            data.resolve("test.jsonl.gz"),
            Path.of(args[2]));
    long start = System.nanoTime();
    try (Shadows shadows = Shadows.open(job)) {
      ShadowAnswers answers =
          shadows.answers(Integer.parseInt(args[3]), Integer.parseInt(args[4]), lines());
      System.err.printf("pool of %s: %.1f s%n", args[3], (System.nanoTime() - start) / 1e9);
      Corpus.Parts parts = CORPUS.read(Path.of(args[0]));
      int[] forget = Case.RANDOM.split(CORPUS, parts.train(), 1).forget();
      for (String name :
          new String[] {"original-a", "retrained-random-1-a", "retrained-random-1-b"}) {
        System.out.println(audit(answers, forget, models, name));
      }
    }
    System.err.printf("in all: %.1f s%n", (System.nanoTime() - start) / 1e9);
  }

  private static ObjectNode audit(ShadowAnswers answers, int[] forget, Path models, String name) {
    Dataset forgotten = answers.population().train().select(forget);
    Dataset eval = answers.population().eval();
    Bootstrap bootstrap = new Bootstrap(new SplittableRandom(1));
    try (FineTunedModel model = FineTunedModel.open(models.resolve(name));
        FineTunedModel original = FineTunedModel.open(models.resolve("original-a"))) {
      double[] onForget = logOdds(model, forgotten);
      ShadowAttack.Result found =
          answers.lira(forget).on(onForget, logOdds(model, eval), bootstrap);
      InterpolatedMeasurement iam = answers.iam(forget, logOdds(original, forgotten));
      ObjectNode json = JSON.createObjectNode().put("model", name);
      json.put("test", found.test().text()).put("never_seen", found.others());
      put(json, "auc", found.auc());
      for (int i = 0; i < ShadowAttack.RATES.size(); i++) {
        put(json, "tpr_at_" + ShadowAttack.RATES.get(i), found.tpr().get(i));
      }
      put(json, "iam_completeness", iam.mean(onForget, bootstrap));
      return json;
    }
  }

  private static double[] logOdds(FineTunedModel model, Dataset data) {
    return LogOdds.examples(model.evaluate(data, Progress.silent()));
  }

  private static void put(ObjectNode json, String name, Value value) {
    ObjectNode to = json.putObject(name).put("n", value.n());
    if (value instanceof Value.Undefined why) {
      to.put("undefined", why.reason());
    }
    value.number().ifPresent(x -> to.put("value", x));
    value.interval().map(Interval::low).ifPresent(x -> to.put("low", x));
    value.interval().map(Interval::high).ifPresent(x -> to.put("high", x));
  }

  /** Progress on standard error, now and then a line. */
  private static Progress lines() {
    return new io.github.deepcut.app.progress.LineProgress(
        new java.io.PrintWriter(System.err, true, java.nio.charset.StandardCharsets.UTF_8),
        java.time.InstantSource.system());
  }
}
