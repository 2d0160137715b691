package io.github.deepcut.bench.results;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.Erasure;
import io.github.deepcut.FineTunedModel;
import io.github.deepcut.audit.LogLossDistance;
import io.github.deepcut.data.Dataset;
import io.github.deepcut.data.ForgetSplit;
import io.github.deepcut.run.Progress;
import io.github.deepcut.run.Run;
import io.github.deepcut.sibling.SiblingCache;
import io.github.deepcut.sibling.known.KnownSiblings;
import io.github.deepcut.unlearn.Training;
import io.github.deepcut.unlearn.UnlearningData;
import io.github.deepcut.unlearn.deepcut.target.TargetLosses;
import io.github.deepcut.unlearn.deepcut.target.Targets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How far targets are from what retrained models say, before anything is unlearned: by nothing (the
 * original's own losses), the estimate, and siblings.
 */
public final class TargetErrors {
  private static final ObjectMapper JSON = new ObjectMapper();

  private TargetErrors() {}

  /**
   * Log losses beside those of retrained models.
   *
   * @param distance mean over samples of the absolute difference to the mean of all retrained but
   *     one, meaned over that one; of a retrained model, to the mean of the others
   * @param error mean difference
   */
  record Errors(double distance, double error) {
    /** Of targets, against each set of all retrained models but one: as {@link #floor} is. */
    static Errors of(double[] targets, double[][] retrained) {
      return mean(
          IntStream.range(0, retrained.length)
              .mapToObj(k -> to(targets, others(retrained, k)))
              .toList());
    }

    /** Of each retrained model against the others. */
    static Errors floor(double[][] retrained) {
      return mean(
          IntStream.range(0, retrained.length)
              .mapToObj(k -> to(retrained[k], others(retrained, k)))
              .toList());
    }

    private static double[] others(double[][] retrained, int k) {
      return IntStream.range(0, retrained[0].length)
          .mapToDouble(
              i ->
                  IntStream.range(0, retrained.length)
                      .filter(m -> m != k)
                      .mapToDouble(m -> retrained[m][i])
                      .average()
                      .orElseThrow())
          .toArray();
    }

    private static Errors to(double[] targets, double[] mean) {
      double[] by =
          IntStream.range(0, mean.length).mapToDouble(i -> targets[i] - mean[i]).toArray();
      return new Errors(
          Arrays.stream(by).map(Math::abs).average().orElseThrow(),
          Arrays.stream(by).average().orElseThrow());
    }

    private static Errors mean(List<Errors> all) {
      return new Errors(
          all.stream().mapToDouble(Errors::distance).average().orElseThrow(),
          all.stream().mapToDouble(Errors::error).average().orElseThrow());
    }
  }

  /** {@code DATA CACHE FILE CORPUS CASE REQUEST DRAWS}: a line of JSON for each original. */
  public static void main(String[] args) throws IOException {
    org.bytedeco.pytorch.global.torch.set_num_threads(1);
    Corpus corpus = TrainSiblings.corpus(args[3]);
    Case c = Case.valueOf(args[4].toUpperCase(Locale.ROOT));
    long seed = Long.parseLong(args[5]);
    int draws = Integer.parseInt(args[6]);
    Corpus.Parts parts = corpus.read(Path.of(args[0]));
    Models models = new Models(Path.of(args[1]));
    Dataset all = parts.train().dataset();
    ForgetSplit split = c.split(corpus, parts, seed);
    var without = new TrainModels.Without(c, split.retainSet(), all);
    List<double[]> retrained = new ArrayList<>();
    for (int k = 0; k < draws; k++) {
      Path folder = TrainModels.retrained(models, corpus, without, seed, k);
      try (FineTunedModel model = FineTunedModel.open(folder)) {
        retrained.add(losses(model, split.forgetSet()));
      }
    }
    double[][] them = retrained.toArray(double[][]::new);
    for (int k = 0; k < draws; k++) {
      try (FineTunedModel model =
          FineTunedModel.open(TrainModels.original(models, corpus, all, seed, k))) {
        ObjectNode json = JSON.createObjectNode().put("corpus", args[3]).put("case", args[4]);
        json.put("request", seed).put("original", k);
        put(json, "floor", Errors.floor(them));
        put(json, "nothing", Errors.of(losses(model, split.forgetSet()), them));
        Erasure erasure = new Erasure(model, split, parts.heldOut(), parts.test());
        Optional<KnownSiblings> siblings =
            new SiblingCache(TrainSiblings.cache(models)).find(erasure, Progress.silent());
        if (siblings.isPresent()) {
          Erasure known = erasure.with(siblings.get());
          put(json, "siblings", Errors.of(targets(Targets.Source.SIBLINGS, model, known), them));
          json.put("misfit_percent", siblings.get().which().misfitPercent());
        }
        put(json, "estimated", Errors.of(targets(Targets.Source.ESTIMATED, model, erasure), them));
        Files.writeString(
            Path.of(args[2]), json + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        System.err.println(json);
      }
    }
  }

  /** The log loss of each sample: of a sentence, of the mean over its words. */
  private static double[] targets(Targets.Source source, FineTunedModel model, Erasure erasure) {
    UnlearningData data =
        new UnlearningData(
            model.encode(erasure.split().forgetSet()),
            model.encode(erasure.split().retainSet()),
            model.encode(erasure.unseen().heldOut().orElseThrow()),
            model.adaptiveRate(),
            false,
            Optional.empty(),
            Training.unknown(),
            erasure.siblings().map(KnownSiblings::losses));
    TargetLosses targets =
        new Targets(source, Targets.defaults(model.task()).estimate())
            .of(model.classifier(), data, Run.of(1));
    double[] sums = new double[erasure.split().forget().length];
    int[] items = new int[sums.length];
    for (int row = 0; row < data.forget().size(); row++) {
      int example = data.forget().get(row).example();
      for (double target : targets.logLosses()[row]) {
        sums[example] += Math.max(0, Math.exp(target) - targets.epsilon());
        items[example]++;
      }
    }
    return IntStream.range(0, sums.length)
        .mapToDouble(i -> Math.log(sums[i] / items[i] + LogLossDistance.EPSILON))
        .toArray();
  }

  private static double[] losses(FineTunedModel model, Dataset data) {
    return Arrays.stream(model.evaluate(data, Progress.silent()).losses())
        .map(loss -> Math.log(loss + LogLossDistance.EPSILON))
        .toArray();
  }

  private static void put(ObjectNode json, String name, Errors errors) {
    json.putObject(name).put("distance", errors.distance()).put("error", errors.error());
  }
}
