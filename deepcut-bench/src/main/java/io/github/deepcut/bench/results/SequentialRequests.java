package io.github.deepcut.bench.results;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.Erased;
import io.github.deepcut.Erasure;
import io.github.deepcut.FineTunedModel;
import io.github.deepcut.FineTuning;
import io.github.deepcut.Methods;
import io.github.deepcut.app.demo.Clinic;
import io.github.deepcut.app.demo.Demo;
import io.github.deepcut.audit.Evaluation;
import io.github.deepcut.audit.LogLossDistance;
import io.github.deepcut.audit.LossAttack;
import io.github.deepcut.data.Dataset;
import io.github.deepcut.data.ForgetSplit;
import io.github.deepcut.data.Table;
import io.github.deepcut.data.Task;
import io.github.deepcut.data.Unseen;
import io.github.deepcut.data.read.DatasetReader;
import io.github.deepcut.model.folder.ModelFolder;
import io.github.deepcut.run.OutputFolder;
import io.github.deepcut.run.Progress;
import io.github.deepcut.run.Run;
import io.github.deepcut.sibling.Folds;
import io.github.deepcut.sibling.SiblingCache;
import io.github.deepcut.sibling.SiblingJob;
import io.github.deepcut.sibling.known.KnownSiblings;
import io.github.deepcut.train.Batches;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * People who revoke one after the other: a clinic's model forgets ten patients, each out of the
 * model that has forgotten those before; after each, all of them are audited, beside a model that
 * was retrained without the ten.
 */
public final class SequentialRequests {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PEOPLE = 10;
  private static final int SEQUENCES = 3;
  private static final int RETRAINED = 4;
  private static final long SEED = 1;

  private final Path dir;
  private final Dataset train;
  private final List<String> patients;
  private final Dataset heldOut;
  private final Dataset test;

  private SequentialRequests(Path dir) {
    Clinic.Laid files = laid(dir);
    Table table = DatasetReader.read(files.train(), Task.NER);
    this.dir = dir;
    this.train = table.dataset();
    this.patients = table.extras().get(0).values();
    this.heldOut = DatasetReader.read(files.holdout(), Task.NER).dataset();
    this.test = DatasetReader.read(files.test(), Task.NER).dataset();
  }

  private static Clinic.Laid laid(Path dir) {
    return new Clinic.Laid(
        dir.resolve("train.conll"),
        dir.resolve("holdout.conll"),
        dir.resolve("test.conll"),
        dir.resolve("base"));
  }

  /**
   * {@code DIR [estimated]}: prints a line of JSON after each request of each sequence; models that
   * are in DIR are not trained again.
   */
  public static void main(String[] args) throws IOException {
    org.bytedeco.pytorch.global.torch.set_num_threads(1);
    Path dir = Path.of(args[0]);
    if (!Files.exists(dir)) {
      Clinic.write(dir, Run.of(SEED));
    }
    new SequentialRequests(dir).run(args.length < 2);
  }

  private void run(boolean siblings) throws IOException {
    List<String> people = people();
    int[] without =
        IntStream.range(0, train.size()).filter(i -> !people.contains(patients.get(i))).toArray();
    List<Map<String, Audited>> retrained = new ArrayList<>();
    for (int k = 0; k < RETRAINED; k++) {
      Path folder = trained("retrained-" + k, train.select(without), Study.draw(k));
      try (FineTunedModel model = FineTunedModel.open(folder)) {
        retrained.add(audited(d -> model.evaluate(d, Progress.silent()), people));
      }
    }
    for (int k = 0; k < RETRAINED; k++) {
      Map<String, Audited> one = retrained.get(k);
      List<Map<String, Audited>> others = new ArrayList<>(retrained);
      others.remove(one);
      ObjectNode json = JSON.createObjectNode().put("retrained", k);
      json.put("test_f1", testF1(dir.resolve("retrained-" + k)));
      gaps(one, mean(others), json);
      System.out.println(json);
    }
    Map<String, Audited> wanted = mean(retrained);
    if (siblings) {
      fillSiblings();
    }
    for (int sequence = 0; sequence < SEQUENCES; sequence++) {
      Path now = trained("original-" + sequence, train, Study.draw(sequence));
      Optional<SiblingCache> cache =
          siblings ? Optional.of(ofSequence(sequence)) : Optional.empty();
      List<String> gone = new ArrayList<>();
      for (String person : people) {
        gone.add(person);
        now = forget(now, sequence, gone, wanted, cache);
      }
    }
  }

  /** Fills the folder of what siblings by patient say, who serve all sequences. */
  private void fillSiblings() throws IOException {
    SiblingJob.of(
            trained("original-0", train, Study.draw(0)),
            dir.resolve("train.conll"),
            Optional.of(dir.resolve("holdout.conll")),
            siblings(),
            "patient",
            new Folds(10, 1, SEED))
        .fill(2, Run.of(SEED));
  }

  private Path siblings() {
    return dir.resolve("siblings");
  }

  /** A copy for one sequence, since what they say is deleted as the patients go. */
  private SiblingCache ofSequence(int sequence) throws IOException {
    Path own = Files.createTempDirectory(dir, "siblings-" + sequence + "-");
    try (var files = Files.walk(siblings())) {
      for (Path file : files.skip(1).toList()) {
        Files.copy(file, own.resolve(siblings().relativize(file)));
      }
    }
    return new SiblingCache(own);
  }

  private double testF1(Path folder) {
    try (FineTunedModel model = FineTunedModel.open(folder)) {
      return 100 * model.evaluate(test, Progress.silent()).score();
    }
  }

  private static Map<String, Audited> mean(List<Map<String, Audited>> some) {
    return some.get(0).keySet().stream()
        .collect(
            Collectors.toMap(p -> p, p -> Audited.mean(some.stream().map(m -> m.get(p)).toList())));
  }

  /** Ten patients with fifteen sentences or more. */
  private List<String> people() {
    Map<String, Long> counts =
        patients.stream().collect(Collectors.groupingBy(p -> p, Collectors.counting()));
    List<String> some =
        new ArrayList<>(
            counts.keySet().stream().filter(p -> counts.get(p) >= 15).sorted().toList());
    Batches.shuffle(some, Run.of(SEED).random("people"));
    return List.copyOf(some.subList(0, PEOPLE));
  }

  private Path trained(String name, Dataset data, long seed) throws IOException {
    Path folder = dir.resolve(name);
    if (!Files.exists(folder)) {
      FineTuning tuning = new FineTuning(ModelFolder.read(dir.resolve("base")), Demo.recipe(seed));
      FineTuning.Tuned tuned = tuning.train(data, train.labels(), Run.of(seed));
      try (var weights = tuned.weights();
          OutputFolder out = OutputFolder.create(folder, false)) {
        tuned.writeTo(out.path(), tuning.record(data, dir.resolve("train.conll"), tuned));
        out.commit();
      }
    }
    return folder;
  }

  /** Forgets the last of some people, who are those before out of the data already. */
  private Path forget(
      Path from,
      int sequence,
      List<String> gone,
      Map<String, Audited> wanted,
      Optional<SiblingCache> cache) {
    String person = gone.get(gone.size() - 1);
    List<String> before = gone.subList(0, gone.size() - 1);
    int[] left =
        IntStream.range(0, train.size()).filter(i -> !before.contains(patients.get(i))).toArray();
    Map<Boolean, List<Integer>> parts =
        IntStream.range(0, left.length)
            .boxed()
            .collect(Collectors.partitioningBy(i -> patients.get(left[i]).equals(person)));
    ForgetSplit split =
        new ForgetSplit(
            train.select(left), positions(parts.get(true)), positions(parts.get(false)), person);
    Path to = dir.resolve("forgot-%d-%d".formatted(sequence, gone.size()));
    try (FineTunedModel model = FineTunedModel.open(from)) {
      Unseen unseen = Unseen.of(split, Optional.of(heldOut), Optional.of(test));
      Erasure asked = new Erasure(model, split, unseen);
      Optional<KnownSiblings> known = cache.flatMap(c -> c.find(asked, Progress.silent()));
      Erasure erasure = known.map(asked::with).orElse(asked);
      Methods.Choice choice = erasure.method("deepcut", Map.of());
      try (Erased erased = erasure.unlearn(choice.method(), choice.stop(), Run.of(1))) {
        try (OutputFolder out = OutputFolder.create(to, true)) {
          erased.writeTo(out.path());
          out.commit();
        }
        say(sequence, erased, gone, wanted, known);
        cache.ifPresent(c -> c.forget(erasure, Progress.silent()));
      }
    }
    return to;
  }

  private void say(
      int sequence,
      Erased erased,
      List<String> gone,
      Map<String, Audited> wanted,
      Optional<KnownSiblings> known) {
    ObjectNode json = JSON.createObjectNode().put("sequence", sequence);
    json.put("forgotten", gone.size());
    json.put("person", gone.get(gone.size() - 1));
    json.put("seconds", erased.took().toMillis() / 1000.0);
    json.put("test_f1", 100 * erased.evaluate(test).score());
    known.ifPresent(s -> json.put("misfit_percent", s.which().misfitPercent()));
    json.put("used", erased.record().siblings() != null);
    gaps(audited(erased::evaluate, gone), wanted, json);
    System.out.println(json);
  }

  /**
   * What a model, or the mean of several, says of one person.
   *
   * @param auc of the loss attack on their sentences, against the test data, in percent
   * @param logLosses of each of their sentences
   */
  private record Audited(double auc, double[] logLosses) {
    static Audited mean(List<Audited> some) {
      return new Audited(
          some.stream().mapToDouble(Audited::auc).average().orElseThrow(),
          IntStream.range(0, some.get(0).logLosses.length)
              .mapToDouble(
                  i -> some.stream().mapToDouble(a -> a.logLosses[i]).average().orElseThrow())
              .toArray());
    }

    DoubleStream distances(Audited other) {
      return IntStream.range(0, logLosses.length)
          .mapToDouble(i -> Math.abs(logLosses[i] - other.logLosses[i]));
    }
  }

  /** How far a model's AUC of each person and its losses are from those under retrained models. */
  private static void gaps(Map<String, Audited> now, Map<String, Audited> wanted, ObjectNode json) {
    double[] gaps =
        now.keySet().stream().mapToDouble(p -> now.get(p).auc - wanted.get(p).auc).toArray();
    json.put("largest_auc_gap", Arrays.stream(gaps).map(Math::abs).max().orElseThrow());
    json.put("mean_auc_gap", Arrays.stream(gaps).average().orElseThrow());
    json.put(
        "loss_distance",
        now.keySet().stream()
            .flatMapToDouble(p -> now.get(p).distances(wanted.get(p)))
            .average()
            .orElseThrow());
    ObjectNode each = json.putObject("auc");
    now.forEach((p, its) -> each.putArray(p).add(its.auc).add(wanted.get(p).auc));
  }

  private Map<String, Audited> audited(Function<Dataset, Evaluation> model, List<String> people) {
    Evaluation unseen = model.apply(test);
    Map<String, Audited> out = new LinkedHashMap<>();
    for (String person : people) {
      int[] theirs =
          IntStream.range(0, train.size()).filter(i -> patients.get(i).equals(person)).toArray();
      Evaluation said = model.apply(train.select(theirs));
      double auc = new LossAttack(said.scored(), unseen.scored()).auc().number().orElse(Double.NaN);
      double[] logLosses =
          Arrays.stream(said.losses())
              .map(loss -> Math.log(loss + LogLossDistance.EPSILON))
              .toArray();
      out.put(person, new Audited(100 * auc, logLosses));
    }
    return out;
  }

  private static int[] positions(List<Integer> list) {
    return list.stream().mapToInt(Integer::intValue).toArray();
  }
}
