package io.github.deepcut.bench.figures;

import io.github.deepcut.FineTunedModel;
import io.github.deepcut.Methods;
import io.github.deepcut.audit.PrincipalPlane;
import io.github.deepcut.data.Dataset;
import io.github.deepcut.data.ForgetRequest;
import io.github.deepcut.data.ForgetSplit;
import io.github.deepcut.data.Input;
import io.github.deepcut.model.Classifier;
import io.github.deepcut.model.HiddenStates;
import io.github.deepcut.model.Prediction;
import io.github.deepcut.model.Predictor;
import io.github.deepcut.run.Run;
import io.github.deepcut.train.Batches;
import io.github.deepcut.unlearn.StopRule;
import io.github.deepcut.unlearn.UnlearningData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The two figures of Contrastive Unlearning (arXiv 2401.10458) for a run of ours: {@code MODEL DATA
 * HOLDOUT CLASS OUT}. {@code space.svg} shows held-out images in the latent spaces of the original
 * and of three methods, in the plane of the original's two first principal components; {@code
 * forgetting.svg} the accuracy on the class's held-out images against the forget batches that each
 * method has met. A batch is of 64 images for all of them; all make one pass over D_f, but
 * fine-tuning, which meets no forget batch, as many steps on retained ones.
 */
public final class ClassFigures {
  private static final int BATCH = 64;
  private static final int EACH = 30; // points of a class
  private static final int EVERY = 2; // forget batches from one measurement to the next

  private final FineTunedModel original;
  private final ForgetSplit split;
  private final Dataset heldOut;
  private final String label;

  private ClassFigures(FineTunedModel original, ForgetSplit split, Dataset heldOut, String label) {
    this.original = original;
    this.split = split;
    this.heldOut = heldOut;
    this.label = label;
  }

  /** {@code MODEL DATA HOLDOUT CLASS OUT}. */
  public static void main(String[] args) throws IOException {
    try (FineTunedModel original = FineTunedModel.open(Path.of(args[0]))) {
      var request = new ForgetRequest.WholeClass(args[3]);
      ForgetSplit split = request.split(original.read(Path.of(args[1])));
      Dataset heldOut = original.read(Path.of(args[2])).dataset();
      new ClassFigures(original, split, heldOut, args[3]).draw(Path.of(args[4]));
    }
  }

  private void draw(Path folder) throws IOException {
    Map<String, Curve> curves = new LinkedHashMap<>();
    Spaces spaces = new Spaces();
    spaces.add("original", original.classifier());
    int batches = (split.forget().length + BATCH - 1) / BATCH;
    var contrastive = new Way("contrastive-unlearning", Map.of("passes", "1", "clip", "10"), 2);
    follow(contrastive, batches, curves, spaces);
    follow(new Way("gradient-ascent", Map.of("passes", "1"), 1), batches, curves, spaces);
    follow(new Way("fine-tune", Map.of("passes", "1"), 1), batches, curves, spaces);
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("space.svg"), spaces.svg());
    Files.writeString(folder.resolve("forgetting.svg"), Curve.svg(curves, label));
    curves.forEach((method, curve) -> System.out.println(method + " " + curve));
  }

  /**
   * How a method goes.
   *
   * @param steps that it makes for each forget batch
   */
  private record Way(String method, Map<String, String> settings, int steps) {}

  private void follow(Way way, int batches, Map<String, Curve> curves, Spaces spaces) {
    Map<String, String> settings = new LinkedHashMap<>(way.settings);
    settings.put("batch_size", Integer.toString(BATCH));
    Methods.Choice choice = Methods.create(way.method, original.task(), settings);
    try (var weights = original.classifier().weights().copy()) {
      Classifier model = original.classifier().withWeights(weights);
      List<? extends Input> ofClass = original.encode(ofClass());
      Curve curve = new Curve(new ArrayList<>());
      curve.add(0, accuracy(model, ofClass));
      long last = (long) batches * way.steps;
      StopRule rule =
          new StopRule() {
            private long steps;

            @Override
            public boolean asks(long now) {
              steps = now;
              return now % ((long) EVERY * way.steps) == 0 || now == last;
            }

            @Override
            public Judgement judge(Classifier now, int pass) {
              if (steps > 0 && steps % ((long) EVERY * way.steps) == 0) {
                curve.add((double) steps / way.steps, accuracy(now, ofClass));
              }
              return new Judgement(-steps, steps == last, "enough"); // as many as the others meet
            }
          };
      choice.method().unlearn(model, sets(), rule, Run.of(1));
      curves.put(way.method, curve);
      spaces.add(way.method, model);
    }
  }

  private UnlearningData sets() {
    return new UnlearningData(
        original.encode(split.forgetSet()),
        original.encodeLazily(split.retainSet()),
        original.encode(heldOut),
        original.record().orElseThrow().recipe().adaptiveRate());
  }

  private Dataset ofClass() {
    return heldOut.select(positions(label));
  }

  private int[] positions(String of) {
    return IntStream.range(0, heldOut.size()).filter(i -> heldOut.labels(i).contains(of)).toArray();
  }

  private static double accuracy(Classifier model, List<? extends Input> rows) {
    List<Prediction> all = new Predictor().predict(model, rows);
    return 100.0 * all.stream().filter(p -> p.best() == p.label()).count() / all.size();
  }

  /** Some held-out images of each class under each model. */
  private final class Spaces {
    private final Map<String, double[][]> rows = new LinkedHashMap<>();
    private final Dataset some;

    Spaces() {
      List<String> labels = original.classifier().labels();
      int[] chosen =
          labels.stream()
              .flatMapToInt(
                  of -> {
                    int[] all = positions(of);
                    return Arrays.stream(Batches.sample(all.length, EACH, Run.of(1).random(of)))
                        .map(i -> all[i]);
                  })
              .toArray();
      some = heldOut.select(chosen);
    }

    void add(String name, Classifier model) {
      double[][] raw = HiddenStates.of(model, original.encode(some)).last();
      rows.put(name, Arrays.stream(raw).map(Spaces::unit).toArray(double[][]::new));
    }

    /** Contrastive losses see directions alone. */
    private static double[] unit(double[] row) {
      double norm = Math.sqrt(Arrays.stream(row).map(x -> x * x).sum());
      return Arrays.stream(row).map(x -> x / Math.max(1e-12, norm)).toArray();
    }

    String svg() {
      PrincipalPlane plane = PrincipalPlane.fit(rows.get("original"));
      Map<String, double[][]> places = new LinkedHashMap<>();
      rows.forEach(
          (name, all) ->
              places.put(name, Arrays.stream(all).map(plane::project).toArray(double[][]::new)));
      List<String> labels = original.classifier().labels();
      int[] classes = original.encode(some).stream().mapToInt(r -> r.labels()[0]).toArray();
      return new SpacePicture(labels, classes, labels.indexOf(label)).svg(places);
    }
  }
}
