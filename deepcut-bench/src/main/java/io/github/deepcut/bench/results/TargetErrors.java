package io.github.deepcut.bench.results;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepcut.Erasure;
import io.github.deepcut.FineTunedModel;
import io.github.deepcut.Methods;
import io.github.deepcut.audit.LogLossDistance;
import io.github.deepcut.data.Dataset;
import io.github.deepcut.data.ForgetSplit;
import io.github.deepcut.run.Progress;
import io.github.deepcut.run.Run;
import io.github.deepcut.sibling.known.KnownSiblings;
import io.github.deepcut.unlearn.Training;
import io.github.deepcut.unlearn.UnlearningData;
import io.github.deepcut.unlearn.deepcut.DeepCut;
import io.github.deepcut.unlearn.deepcut.target.TargetLosses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How far targets are from what retrained models say, before anything is unlearned: by nothing (the
 * original's own losses), the estimate, and siblings.
 */
public final class TargetErrors {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final List<Variant> KINDS =
      List.of(Variant.of("targets=siblings"), Variant.of("targets=estimated"));

  private TargetErrors() {}

  /**
   * Log losses beside those of retrained models.
   *
   * @param distance mean over samples of the absolute difference to the mean of all retrained but
   *     one, meaned over that one; of a retrained model, to the mean of the others
   * @param error mean difference; of a retrained model its size, since all of theirs add up to 0
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
              .map(errors -> new Errors(errors.distance(), Math.abs(errors.error())))
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

  /**
   * {@code DATA CACHE FILE [CORPORA [CASES [VARIANT…]]]}: a line of JSON for each request and
   * original. A variant is settings of DeepCUT; without, siblings and estimate.
   */
  public static void main(String[] args) throws IOException {
    org.bytedeco.pytorch.global.torch.set_num_threads(1);
    Models models = new Models(Path.of(args[1]));
    List<Variant> variants =
        args.length > 5 ? Arrays.stream(args, 5, args.length).map(Variant::of).toList() : KINDS;
    for (Selection.Request request : Selection.of(args, 3).requests()) {
      Study study = Study.of(Path.of(args[0]), models, request.corpus());
      for (ObjectNode json : errors(study, request, variants)) {
        Files.writeString(
            Path.of(args[2]), json + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        System.err.println(json);
      }
    }
  }

  private static List<ObjectNode> errors(
      Study study, Selection.Request request, List<Variant> variants) throws IOException {
    Case what = request.what();
    ForgetSplit split = study.split(what, request.number());
    int draws = study.models().draws();
    double[][] retrained = new double[draws][];
    for (int k = 0; k < draws; k++) {
      Path folder = study.retrained(what, request.number(), k);
      try (FineTunedModel model = FineTunedModel.open(folder)) {
        retrained[k] = losses(model, split.forgetSet());
      }
    }
    study.keepSiblings(what);
    List<ObjectNode> lines = new ArrayList<>();
    for (int k = 0; k < draws; k++) {
      try (FineTunedModel model = FineTunedModel.open(study.original(k))) {
        ObjectNode json = JSON.createObjectNode().put("corpus", request.corpus().key());
        json.put("case", what.key()).put("request", request.number()).put("original", k);
        put(json, "floor", Errors.floor(retrained));
        put(json, "nothing", Errors.of(losses(model, split.forgetSet()), retrained));
        Erasure erasure = study.erasure(model, split);
        erasure
            .siblings()
            .map(KnownSiblings::which)
            .ifPresent(w -> json.put("unit", w.unit()).put("misfit_percent", w.misfitPercent()));
        for (Variant v : variants) {
          put(json, v.name(), Errors.of(targets(v, erasure), retrained));
        }
        lines.add(json);
      }
    }
    return lines;
  }

  /** The log loss of each sample: of a sentence, of the mean over its words. */
  private static double[] targets(Variant variant, Erasure erasure) {
    FineTunedModel model = erasure.model();
    DeepCut method = (DeepCut) Methods.create("deepcut", model.task(), variant.settings()).method();
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
    TargetLosses targets = method.targets().of(model.classifier(), data, Run.of(1));
    double[] sums = new double[erasure.split().forget().length];
    int[] items = new int[sums.length];
    for (int row = 0; row < data.forget().size(); row++) {
      int example = data.forget().get(row).example();
      for (double target : targets.logLosses()[row]) {
        sums[example] += Math.max(0, Math.exp(target) - TargetLosses.EPSILON);
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
