package io.github.deepcut.bench.results;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.Erasure;
import io.github.deepcut.FineTunedModel;
import io.github.deepcut.Methods;
import io.github.deepcut.audit.Answers;
import io.github.deepcut.audit.Evaluation;
import io.github.deepcut.audit.ScoreAttacks;
import io.github.deepcut.bench.results.Selection.Request;
import io.github.deepcut.data.ForgetSplit;
import io.github.deepcut.report.AuditMeasurement;
import io.github.deepcut.report.Row;
import io.github.deepcut.report.Same;
import io.github.deepcut.report.ThreeModels;
import io.github.deepcut.report.VerdictRule;
import io.github.deepcut.run.Progress;
import io.github.deepcut.run.Run;
import io.github.deepcut.stats.Bootstrap;
import io.github.deepcut.train.Batches;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * How often the audit errs, over bootstrap repeats of D_f and D_t: two retrained models against
 * each other (should be "forgotten"), the untouched original against a retrained one, as if nobody
 * knew its tensors (should never be "forgotten"), what {@code deepcut} makes of it, and a retrained
 * model with nothing to compare it with (should never be "not forgotten"). One JSON line a corpus,
 * seed and comparison.
 */
public final class AuditErrors {
  private static final int REPEATS = 100;
  private static final int RESAMPLES = 200;
  private static final int UNSEEN = 1000;
  private static final ObjectMapper JSON = new ObjectMapper();

  private AuditErrors() {}

  /** {@code DATA CACHE [CORPORA [CASES]]}, split by commas: {@code random-1}, …. */
  public static void main(String[] args) throws IOException {
    org.bytedeco.pytorch.global.torch.set_num_threads(1);
    Models models = new Models(Path.of(args[1]));
    for (Request request : Selection.of(args, 2).requests()) {
      if (request.what() == Case.RANDOM) {
        judge(Study.of(Path.of(args[0]), models, request.corpus()), request);
      }
    }
  }

  private static void judge(Study study, Request request) throws IOException {
    Corpus.Parts read = study.parts();
    ForgetSplit split = study.split(Case.RANDOM, request.number());
    Path original = study.original(0);
    int[] unseen =
        Batches.sample(read.test().size(), UNSEEN, new SplittableRandom(request.number()));
    Answers.Parts parts =
        new Answers.Parts(split.forgetSet(), split.forgetSet(), read.test().select(unseen));
    Answers o = answers(original, parts);
    Answers a = answers(study.retrained(Case.RANDOM, request.number(), 0), parts);
    Answers b = answers(study.retrained(Case.RANDOM, request.number(), 1), parts);
    String key = study.corpus().key() + " " + request.number();
    print(key, "retrained-retrained", new ThreeModels<>(o, a, b));
    print(key, "original-retrained", new ThreeModels<>(o, o, b));
    print(key, "deepcut-retrained", new ThreeModels<>(o, deepcut(original, split, read, parts), b));
    print(key, "retrained-alone", new ThreeModels<>(a));
  }

  private static Answers deepcut(
      Path original, ForgetSplit split, Corpus.Parts read, Answers.Parts parts) {
    try (FineTunedModel model = FineTunedModel.open(original)) {
      Methods.Choice choice = Methods.create("deepcut", model.task(), Map.of());
      Erasure erasure = new Erasure(model, split, read.heldOut());
      try (var erased = erasure.unlearn(choice.method(), choice.stop(), Run.of(1))) {
        return parts.ask(erased::evaluate);
      }
    }
  }

  static void print(String key, String what, ThreeModels<Answers> models) {
    Map<String, Integer> verdicts = new TreeMap<>();
    SplittableRandom random = new SplittableRandom(key.hashCode());
    int n = models.unlearned().forget().data().size();
    int m = models.unlearned().test().data().size();
    ObjectNode json = JSON.createObjectNode().put("setting", key).put("models", what);
    json.put("forgotten", n).put("unseen", m);
    rows(models, random).forEach(r -> json.set(r.metric().name(), r.toJson(JSON)));
    json.put(
        "verdict", VerdictRule.DEFAULT.judge(rows(models, random), Same.NONE).outcome().text());
    var repeats = json.putArray("repeats");
    for (int i = 0; i < REPEATS; i++) {
      int[] f = random.ints(n, 0, n).toArray();
      int[] t = random.ints(m, 0, m).toArray();
      List<Row> rows = rows(models.map(x -> drawn(x, f, t)), random);
      ObjectNode each = repeats.addObject();
      rows.forEach(r -> each.set(r.metric().name(), r.toJson(JSON)));
      verdicts.merge(VerdictRule.DEFAULT.judge(rows, Same.NONE).outcome().text(), 1, Integer::sum);
    }
    json.set("verdicts", JSON.valueToTree(verdicts));
    System.out.println(json);
  }

  private static List<Row> rows(ThreeModels<Answers> models, SplittableRandom random) {
    return new AuditMeasurement(models, ScoreAttacks.ALL, Set.of())
        .verdictRows(new Bootstrap(RESAMPLES, random));
  }

  private static Answers drawn(Answers answers, int[] forget, int[] test) {
    Evaluation f = answers.forget().select(forget);
    return new Answers(f, f, answers.test().select(test));
  }

  static Answers answers(Path folder, Answers.Parts parts) {
    try (FineTunedModel model = FineTunedModel.open(folder)) {
      return parts.ask(d -> model.evaluate(d, Progress.silent()));
    }
  }
}
