package io.github.deepcut.report;

import io.github.deepcut.report.AuditReport.Figures;
import io.github.deepcut.report.figure.Fact;
import io.github.deepcut.report.figure.LossHistograms;
import io.github.deepcut.report.figure.LossHistograms.Losses;
import io.github.deepcut.report.figure.ModelRole;
import io.github.deepcut.report.figure.Part;
import io.github.deepcut.report.figure.Relearning;
import io.github.deepcut.report.figure.Remembered;
import io.github.deepcut.report.page.ReportFiles;
import io.github.deepcut.stats.Bootstrap;
import io.github.deepcut.stats.Interval;
import io.github.deepcut.stats.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A full report from invented records, to look at without training: {@code main FOLDER} writes
 * {@code report.html}, {@code report.json} and the CSV files there.
 */
public final class ExampleReport {
  private static final List<String> CLASSES =
      List.of(
          "transfer",
          "balance",
          "card_declined",
          "freeze_account",
          "pin_change",
          "report_fraud",
          "spending_history",
          "interest_rate",
          "credit_limit",
          "order_checks");

  private final SplittableRandom random = new SplittableRandom(7);

  /** Writes the example. */
  public static void main(String[] args) throws IOException {
    AuditReport report = new ExampleReport().report();
    Path folder = Files.createDirectories(Path.of(args[0]));
    ReportFiles.write(report, folder);
  }

  /** All parts. */
  public AuditReport report() {
    List<Losses> losses =
        List.of(
            losses(ModelRole.ORIGINAL, -5.6),
            losses(ModelRole.UNLEARNED, -2.6),
            losses(ModelRole.RETRAINED, -2.5));
    Figures figures =
        new Figures(
            Part.of(LossHistograms.of(losses)),
            Part.of(losses.stream().map(this::roc).toList()),
            Part.of(ExampleLatent.projection(random)),
            Part.of(
                CLASSES.stream()
                    .map(this::gap)
                    .sorted(Comparator.comparingDouble(c -> -c.row().gap().orElse(0)))
                    .toList()),
            Part.of(relearning()),
            Part.of(worst()));
    return new AuditReport(run(), figures, Part.of(method()), provenance());
  }

  private static RunReport run() {
    List<Row> rows =
        List.of(
            row(Metric.forget("accuracy"), .993, .927, .933, .013),
            row(Metric.retain("accuracy"), .992, .989, .994, .003),
            row(Metric.test("accuracy"), .894, .888, .894, .006),
            row(Metric.ATTACK_AUC, .788, .518, .502, .021),
            row(Metric.JS_DIVERGENCE_FORGET, .133, .051, 0, .049),
            row(Metric.LOSS_DISTANCE_FORGET, 2.19, 1.14, 0, .90));
    return new RunReport(
        "audit",
        Optional.of(new RunReport.How("deepcut", 3, 36, "indistinguishable")),
        "classify",
        1,
        new RunReport.Examples(150, 14850, 3000, 4500, Optional.empty()),
        rows,
        new RunReport.Seconds(
            OptionalDouble.of(12.5),
            OptionalDouble.of(201.0),
            OptionalDouble.of(240.25),
            OptionalDouble.of(1.5)),
        VerdictRule.DEFAULT.judge(rows, Same.NONE),
        Optional.of("audit"));
  }

  private static Row row(
      Metric metric, double original, double unlearned, double retrained, double floor) {
    double half = metric.unit() == Unit.PERCENT ? 0.028 : 0.12 * unlearned;
    return Row.of(metric, metric(original, half), metric(unlearned, half), metric(retrained, half))
        .withDifference(value(unlearned - retrained, half))
        .withHeadroom(value(original - retrained, half))
        .withHalved(1)
        .withFloor(floor);
  }

  /** No rate is above 1. */
  private static Value metric(double value, double half) {
    double high = value <= 1 ? Math.min(1, value + half) : value + half;
    return Value.of(value, 150, new Interval(Math.max(0, value - half), high));
  }

  private static Value value(double value, double half) {
    return Value.of(value, 150, new Interval(value - half, value + half));
  }

  private Losses losses(ModelRole model, double center) {
    return new Losses(model, normal(150, center, 1.5), normal(1500, -2.5, 1.6));
  }

  private double[] normal(int n, double center, double spread) {
    return random
        .doubles(n, -1, 1)
        .map(
            u ->
                Math.exp(
                    center + spread * (u + random.nextDouble(-1, 1) + random.nextDouble(-1, 1))))
        .toArray();
  }

  private io.github.deepcut.report.figure.RocCurve roc(Losses losses) {
    double[] members = Arrays.stream(losses.forgotten()).map(l -> -l).toArray();
    double[] others = Arrays.stream(losses.unseen()).map(l -> -l).toArray();
    return ExampleRoc.curve(losses.model(), members, others, new Bootstrap(200, random.split()));
  }

  private ClassGap gap(String name) {
    double retrained = random.nextDouble(.86, .99);
    double unlearned = Math.min(1, retrained + random.nextDouble(-.09, .05));
    return new ClassGap(name, row(Metric.forget("accuracy"), 0.993, unlearned, retrained, .02));
  }

  private static Relearning relearning() {
    return new Relearning(
        32,
        0.012,
        List.of(
            curve(ModelRole.ORIGINAL, 0.012, 8),
            curve(ModelRole.UNLEARNED, .41, 9),
            curve(ModelRole.RETRAINED, .44, 10)));
  }

  private static Relearning.Curve curve(ModelRole model, double start, double pace) {
    List<Relearning.Point> points = new ArrayList<>();
    for (int step = 0; step <= 40; step += 2) {
      double loss = 0.008 + start * Math.exp(-step / pace);
      points.add(
          new Relearning.Point(step, Value.of(loss, 32, new Interval(.82 * loss, 1.2 * loss))));
    }
    return new Relearning.Curve(model, points);
  }

  private List<Remembered> worst() {
    return IntStream.range(0, 12)
        .mapToObj(
            i ->
                new Remembered(
                    Integer.toString(1009 + 137 * i),
                    CLASSES.get(i % CLASSES.size()),
                    "please move forty dollars from my savings to the account of my sister",
                    0.0004 * (i + 1),
                    0.002 * (i + 1),
                    0.06 * random.nextDouble(),
                    0.991 - 0.013 * i))
        .toList();
  }

  private static List<Fact> method() {
    return List.of(
        new Fact("Method", "deepcut"),
        new Fact("Passes over the forgotten samples", "3"),
        new Fact("Optimiser steps", "36"),
        new Fact("Stopped by", "indistinguishable from held-out samples (KS p = 0.41)"),
        new Fact("Learning rate", "5e-5"),
        new Fact("Temperature", "0.1"),
        new Fact("Seed", "1"),
        new Fact("Time", "12.5 s; retraining took 240.3 s, 19 times as long"));
  }

  private static List<Fact> provenance() {
    return List.of(
        new Fact("Model", "/models/intents-unlearned"),
        new Fact(
            "Weights, SHA-256", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"),
        new Fact(
            "Training data, SHA-256",
            "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752"),
        new Fact("Samples to forget", "customer = '4711'"),
        new Fact("DeepCUT", "0.1.0"),
        new Fact("Java", "17.0.15, linux-x86_64, 2 threads"));
  }
}
