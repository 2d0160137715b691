package io.github.deepcut.examination;

import io.github.deepcut.audit.Answers;
import io.github.deepcut.audit.Evaluation;
import io.github.deepcut.audit.LossAttack;
import io.github.deepcut.data.Dataset;
import io.github.deepcut.data.Input;
import io.github.deepcut.data.Task;
import io.github.deepcut.model.Classifier;
import io.github.deepcut.report.AuditMeasurement;
import io.github.deepcut.report.AuditMetrics;
import io.github.deepcut.report.Metric;
import io.github.deepcut.report.Row;
import io.github.deepcut.report.ThreeModels;
import io.github.deepcut.report.figure.ModelRole;
import io.github.deepcut.report.figure.Part;
import io.github.deepcut.report.figure.Relearning.Curve;
import io.github.deepcut.report.figure.Relearning.Point;
import io.github.deepcut.run.Progress;
import io.github.deepcut.run.Run;
import io.github.deepcut.stats.Bootstrap;
import io.github.deepcut.stats.Value;
import io.github.deepcut.stress.BenignFineTuning;
import io.github.deepcut.stress.Int8;
import io.github.deepcut.stress.Relearning;
import io.github.deepcut.tensor.Weights;
import io.github.deepcut.train.Batches;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * Whether forgotten samples come back when a model is stored in 8 bits, trained on, or taught them
 * again.
 *
 * @param models to try it on; they stay as they are
 */
public record StressRows(ThreeModels<? extends Examinee> models, Answers.Parts parts) {
  private static final int RELEARNING_STEPS = 50;

  private List<Row> copies(Run run) {
    List<Row> rows = new ArrayList<>();
    rows.addAll(treated("int8", "after storing weights in 8 bits", m -> Int8.of(weights(m)), run));
    rows.addAll(
        treated(
            "fine_tuned",
            "after 20 steps of training on retained samples",
            m -> tuned(m, run),
            run));
    return rows;
  }

  private static Weights weights(Examinee model) {
    return model.classifier().weights();
  }

  private List<Row> treated(
      String name, String meaning, Function<Examinee, Weights> treatment, Run run) {
    ThreeModels<Answers> after = models.map(m -> after(m, treatment));
    Bootstrap bootstrap = new Bootstrap(run.random(name));
    String utility = parts.forget().task() == Task.NER ? "f1" : "accuracy";
    List<Row> rows = new ArrayList<>();
    rows.add(
        after.row(
            AuditMetrics.after(name, meaning, Metric.forget(utility)),
            a -> a.forget().quality(bootstrap)));
    if (parts.test() != null) {
      ThreeModels<LossAttack> attack = after.map(Answers::attack);
      rows.add(
          AuditMeasurement.auc(
              AuditMetrics.after(name, meaning, Metric.ATTACK_AUC), attack, bootstrap));
    }
    return rows;
  }

  /** What a treated copy says of D_f and of unseen data. */
  private Answers after(Examinee model, Function<Examinee, Weights> treatment) {
    try (Weights treated = treatment.apply(model)) {
      Classifier copy = model.classifier().withWeights(treated);
      Function<Dataset, Evaluation> ask = d -> model.evaluate(copy, d, Progress.silent());
      Evaluation forget = ask.apply(parts.forget());
      return new Answers(forget, forget, parts.test() == null ? null : ask.apply(parts.test()));
    }
  }

  private Weights tuned(Examinee model, Run run) {
    Dataset some = some(parts.retain(), BenignFineTuning.SAMPLES, run);
    return new BenignFineTuning(model.adaptiveRate())
        .of(model.classifier(), model.encode(some), run);
  }

  /** What stress found: rows, and the curves of learning forgotten samples again. */
  public record Found(
      List<Row> rows, Part<io.github.deepcut.report.figure.Relearning> relearning) {}

  /** The same as rows and curves; without an original nobody knows when a loss is back. */
  public Found found(Run run) {
    List<Row> rows = new ArrayList<>(copies(run));
    if (models.original().isEmpty()) {
      return new Found(rows, Part.missing("There was no original whose loss could be reached."));
    }
    Dataset some = some(parts.forget(), Relearning.SAMPLES, run);
    ThreeModels<List<Double>> curves = models.map(m -> curve(m, m.encode(some), run.seed()));
    double target = curves.original().orElseThrow().get(0);
    rows.add(curves.row(AuditMetrics.RELEARN_STEPS, c -> Relearning.stepsTo(target, c)));
    return new Found(rows, Part.of(drawn(curves, some.size())));
  }

  private static io.github.deepcut.report.figure.Relearning drawn(
      ThreeModels<List<Double>> curves, long samples) {
    List<Curve> drawn = new ArrayList<>();
    for (ModelRole which : ModelRole.values()) {
      curves.of(which).ifPresent(curve -> drawn.add(new Curve(which, points(curve, samples))));
    }
    double target = curves.original().orElseThrow().get(0);
    return new io.github.deepcut.report.figure.Relearning(samples, target, drawn);
  }

  private static List<Point> points(List<Double> curve, long samples) {
    List<Point> points = new ArrayList<>();
    curve.forEach(loss -> points.add(new Point(points.size(), Value.of(loss, samples))));
    return points;
  }

  private static List<Double> curve(Examinee model, List<? extends Input> rows, long seed) {
    return new Relearning(model.adaptiveRate(), RELEARNING_STEPS)
        .curve(model.classifier(), rows, seed);
  }

  private static Dataset some(Dataset data, int most, Run run) {
    int[] chosen = Batches.sample(data.size(), most, run.random("stress sample"));
    Arrays.sort(chosen);
    return data.select(chosen);
  }
}
